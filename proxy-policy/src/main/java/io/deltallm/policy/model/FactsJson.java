package io.deltallm.policy.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.deltallm.policy.spend.Ability;
import io.deltallm.policy.spend.ModelFacts;
import io.deltallm.policy.spend.Money;
import io.deltallm.policy.spend.Price;
import io.deltallm.policy.spend.PriceUnit;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;

/// What is known of a model, by the names that LiteLLM's clients look for. What nobody knows is null, as they expect.
final class FactsJson {
    private static final int MILLION_DIGITS = 6;

    private FactsJson() {}

    static void write(JsonGenerator json, ModelFacts facts) throws IOException {
        limits(json, facts);
        prices(json, facts.price());
        abilities(json, facts);
        if (facts.dimensions() > 0) {
            json.writeNumberField("output_vector_size", facts.dimensions());
        }
        if (!facts.retires().isEmpty()) {
            json.writeStringField("deprecation_date", facts.retires());
        }
        if (!facts.asOf().isEmpty()) {
            json.writeStringField("prices_as_of", facts.asOf());
        }
    }

    static void limits(JsonGenerator json, ModelFacts facts) throws IOException {
        json.writeStringField("mode", facts.mode());
        count(json, "max_tokens", facts.outputTokens());
        count(json, "max_input_tokens", facts.contextTokens());
        count(json, "max_output_tokens", facts.outputTokens());
    }

    static void count(JsonGenerator json, String name, long count) throws IOException {
        if (count > 0) {
            json.writeNumberField(name, count);
        } else {
            json.writeNullField(name);
        }
    }

    private static void prices(JsonGenerator json, Price price) throws IOException {
        for (PriceUnit unit : PriceUnit.values()) {
            Money rate = price.rate(unit);
            if (rate != null) {
                price(json, unit.key(), rate, unit);
            } else if (unit == PriceUnit.INPUT || unit == PriceUnit.OUTPUT) {
                json.writeNullField(unit.key());
            }
        }
        for (Price.Tier tier : price.tiers()) {
            for (Map.Entry<PriceUnit, Money> rate : tier.rates().entrySet()) {
                String name = rate.getKey().key() + "_above_" + tier.aboveTokens() / 1000 + "k_tokens";
                price(json, name, rate.getValue(), rate.getKey());
            }
        }
    }

    /// Of one token, image, second: `0.0000025`.
    static void price(JsonGenerator json, String name, Money rate, PriceUnit unit) throws IOException {
        BigDecimal one = unit.per() == 1 ? rate.dollars() : rate.dollars().movePointLeft(MILLION_DIGITS);
        json.writeFieldName(name);
        json.writeNumber(one.signum() == 0 ? "0" : one.stripTrailingZeros().toPlainString());
    }

    static void abilities(JsonGenerator json, ModelFacts facts) throws IOException {
        for (Ability ability : Ability.values()) {
            json.writeBooleanField(ability.key(), facts.abilities().contains(ability));
        }
    }
}
