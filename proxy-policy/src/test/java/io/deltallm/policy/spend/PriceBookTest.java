package io.deltallm.policy.spend;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PriceBookTest {
    private static final PriceBook BOOK = PriceBook.load();

    @Test
    void knowsManyModels() {
        assertThat(BOOK.size()).isGreaterThan(1400);
    }

    @Test
    void hasNoLineThatCannotBeRead() {
        assertThat(BOOK.rows()).hasSize(BOOK.size()).allSatisfy(row -> assertThat(row.facts().mode()).isNotBlank());
    }

    @Test
    void knowsWhatAModelCostsAndCan() {
        ModelFacts facts = BOOK.find("anthropic", "claude-sonnet-4-5");

        assertThat(facts.mode()).isEqualTo("chat");
        assertThat(facts.contextTokens()).isEqualTo(200_000);
        assertThat(facts.outputTokens()).isEqualTo(64_000);
        assertThat(facts.abilities()).contains(Ability.TOOLS, Ability.VISION, Ability.PROMPT_CACHE);
        assertThat(facts.price().rate(PriceUnit.CACHE_WRITE_1H)).isEqualTo(Money.ofDollars("6"));
        assertThat(facts.price().tiers()).hasSize(1);
        assertThat(LocalDate.parse(facts.asOf())).isAfter(LocalDate.of(2026, 6, 30));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, gpt-4o, 2.5",
        "openai, GPT-4o, 2.5",
        "text-completion-openai, gpt-4o, 2.5",
        "openai, gpt-4o-2031-01-01, 2.5",
        "azure, gpt-4o, 2.5",
        "anthropic, claude-sonnet-4-5-latest, 3",
        "bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, 3.3",
        "bedrock, apac.anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
        "bedrock, eu-west-1/anthropic.claude-sonnet-4-5-20250929-v1:0, 3",
        "vertex_ai, claude-sonnet-4-5@20250929, 3",
        "azure_ai, claude-sonnet-4-5, 3",
        "gemini, gemini-2.5-pro, 1.25",
        "openrouter, openai/gpt-4o, 2.5",
        "mistral, mistral-large-latest, 0.5",
        "fireworks_ai, deepseek-v3p1, 0.56"
    })
    void findsAModelByTheNamesItGoesBy(String provider, String model, String input) {
        assertThat(BOOK.find(provider, model).price().rate(PriceUnit.INPUT)).isEqualTo(Money.ofDollars(input));
    }

    @Test
    void doesNotGuessAtOthers() {
        assertThat(BOOK.find("openai", "my-own-model")).isSameAs(ModelFacts.UNKNOWN);
        assertThat(BOOK.find("ollama", "gpt-4o")).isSameAs(ModelFacts.UNKNOWN);
        assertThat(BOOK.find("openai", "my-own-model").price().isKnown()).isFalse();
    }

    @Test
    void refusesARowItCannotRead() {
        assertThatThrownBy(() -> PriceRow.parse("openai\tx\tchat\t1\t1\t-\t-\tinptu=1\t-\t2026-01-01"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inptu");
        assertThatThrownBy(() -> PriceRow.parse("openai\tx")).hasMessageContaining("2 cells");
    }
}
