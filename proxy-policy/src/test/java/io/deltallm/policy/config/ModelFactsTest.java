package io.deltallm.policy.config;

import io.deltallm.codec.chat.Usage;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.spend.Ability;
import io.deltallm.policy.spend.Money;
import io.deltallm.policy.spend.Price;
import io.deltallm.policy.spend.PriceUnit;
import org.junit.jupiter.api.Test;

import static io.deltallm.policy.config.Reading.sound;
import static org.assertj.core.api.Assertions.assertThat;

class ModelFactsTest {
    private static ModelSettings only(String text) {
        return sound(text).config().models().getFirst();
    }

    private static ModelSettings model(String params, String info) {
        return only("model_list: [{model_name: m, litellm_params: {api_key: k, " + params + "}, model_info: {" + info + "}}]");
    }

    @Test
    void knowsAModelFromTheBook() {
        ModelSettings gpt = model("model: openai/gpt-4o", "");

        assertThat(gpt.facts().price().rate(PriceUnit.INPUT)).isEqualTo(Money.ofDollars("2.5"));
        assertThat(gpt.maxTokens()).isEqualTo(16_384);
        assertThat(gpt.dropParams()).isTrue();
    }

    @Test
    void knowsADeploymentByItsBaseModel() {
        String azure = "model: azure/mine, api_base: \"https://r.openai.azure.com\"";

        assertThat(model(azure, "").facts().price().isKnown()).isFalse();
        assertThat(model(azure, "base_model: azure/gpt-4o").facts().contextTokens()).isEqualTo(128_000);
        assertThat(model(azure + ", base_model: gpt-4o", "").facts().contextTokens()).isEqualTo(128_000);
    }

    @Test
    void setsPricesOfAnEntry() {
        ModelSettings own = model("model: openai/gpt-4o, input_cost_per_token: 0.000001, output_cost_per_token: 2e-06,"
                + " input_cost_per_token_above_128k_tokens: 0.000003", "input_cost_per_query: 0.5");

        assertThat(own.facts().price().rate(PriceUnit.INPUT)).isEqualTo(Money.ofDollars("1"));
        assertThat(own.facts().price().rate(PriceUnit.OUTPUT)).isEqualTo(Money.ofDollars("2"));
        assertThat(own.facts().price().rate(PriceUnit.QUERY)).isEqualTo(Money.ofDollars("0.5"));
        assertThat(own.facts().price().tiers()).singleElement().satisfies(tier -> {
            assertThat(tier.aboveTokens()).isEqualTo(128_000);
            assertThat(tier.rates()).containsEntry(PriceUnit.INPUT, Money.ofDollars("3"));
        });
    }

    @Test
    void takesTheDearestPriceThatMayBeSet() {
        ModelSettings dearest = model("model: openai/gpt-4o, input_cost_per_token: 1, input_cost_per_request: 1000", "");
        Price price = dearest.facts().price();
        long most = 1_000_000_000_000L;

        assertThat(price.rate(PriceUnit.INPUT)).isEqualTo(Money.ofDollars("1000000"));
        assertThat(price.cost(Usage.estimate(7, 0))).isEqualTo(Money.ofDollars("1007"));
        assertThat(price.cost(Usage.estimate(most, most))).isEqualTo(new Money(Long.MAX_VALUE));
    }

    @Test
    void setsOnePriceForAllTokensOfAModel() {
        ModelSettings flat = only("""
                general_settings: {cost_per_token: {gpt-4: 0.00006}}
                model_list: [{model_name: gpt-4, litellm_params: {model: openai/gpt-4, api_key: k}}]
                """);

        assertThat(flat.facts().price().rate(PriceUnit.INPUT)).isEqualTo(Money.ofDollars("60"));
        assertThat(flat.facts().price().rate(PriceUnit.OUTPUT)).isEqualTo(Money.ofDollars("60"));
    }

    @Test
    void setsLimitsAndAbilities() {
        ModelSettings own = model("model: openai/gpt-4o",
                "mode: completion, max_input_tokens: 8000, max_output_tokens: 500, supports_vision: false, supports_reasoning: true,"
                        + " owner: research, tags: [a, b]");

        assertThat(own.facts().mode()).isEqualTo("completion");
        assertThat(own.facts().contextTokens()).isEqualTo(8000);
        assertThat(own.maxTokens()).isEqualTo(500);
        assertThat(own.facts().abilities()).contains(Ability.REASONING).doesNotContain(Ability.VISION);
        assertThat(own.facts().extras()).containsEntry("owner", "\"research\"").containsEntry("tags", "[\"a\",\"b\"]");
    }

    @Test
    void limitsTheOutputAsTheEntrySaysOrAsIsUsual() {
        assertThat(model("model: openai/gpt-4o, max_tokens: 100", "").maxTokens()).isEqualTo(100);
        assertThat(model("model: openai/unheard-of", "").maxTokens()).isEqualTo(Target.DEFAULT_MAX_TOKENS);
    }

    @Test
    void dropsOrRefusesAsConfigured() {
        String entry = "model_list: [{model_name: m, litellm_params: {model: openai/gpt-4o, api_key: k%s}}]\n";

        assertThat(only("litellm_settings: {drop_params: false}\n" + entry.formatted("")).dropParams()).isFalse();
        assertThat(only("litellm_settings: {drop_params: false}\n" + entry.formatted(", drop_params: true")).dropParams()).isTrue();
    }

    @Test
    void refusesAPriceThatIsNone() {
        assertThat(sound("model_list: [{model_name: m, litellm_params: {model: openai/x, api_key: k, input_cost_per_token: -1}}]").errors())
                .containsExactly("model_list[0].litellm_params.input_cost_per_token: -1 (expected: a number from 0 to 1) [line 1]");
        assertThat(sound("model_list: [{model_name: m, litellm_params: {model: openai/x, api_key: k, output_cost_per_token: 1.01}}]").errors())
                .containsExactly("model_list[0].litellm_params.output_cost_per_token: 1.01 (expected: a number from 0 to 1) [line 1]");
        assertThat(sound("general_settings: {cost_per_token: [1]}").errors()).singleElement().asString().contains("a mapping from");
    }
}
