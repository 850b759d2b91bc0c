package io.deltallm.policy.config;

import io.deltallm.policy.config.Form.Decimal;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.spend.Money;
import io.deltallm.policy.spend.Price;
import io.deltallm.policy.spend.PriceUnit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prices that the configuration sets: of one entry (`input_cost_per_token`, …), and of every model of a name
/// (`cost_per_token: {gpt-4: 0.00006}`, for prompt and completion alike).
final class PriceReader {
    static final String FLAT = "cost_per_token";
    static final List<String> SECTIONS = List.of("general", "general_settings");

    private static final Decimal TOKEN = new Decimal(0, 1);
    private static final Decimal PIECE = new Decimal(0, 1000);
    private static final Map<String, Long> TIERS = tiers();
    private static final List<PriceUnit> TIERED =
            List.of(PriceUnit.INPUT, PriceUnit.OUTPUT, PriceUnit.CACHE_READ, PriceUnit.CACHE_WRITE);

    private PriceReader() {}

    private static Map<String, Long> tiers() {
        Map<String, Long> tiers = new LinkedHashMap<>();
        for (long thousands : new long[] {128, 200, 256, 272, 512}) {
            tiers.put("_above_" + thousands + "k_tokens", thousands * 1000);
        }
        return tiers;
    }

    /// The keys of an entry that set a price.
    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (PriceUnit unit : PriceUnit.values()) {
            keys.add(unit.key());
        }
        TIERS.keySet().forEach(suffix -> TIERED.forEach(unit -> keys.add(unit.key() + suffix)));
        return keys;
    }

    /// `book`, with what the mapping says in its place.
    static Price over(Price book, Parameters params) {
        Map<PriceUnit, Money> rates = new EnumMap<>(PriceUnit.class);
        for (PriceUnit unit : PriceUnit.values()) {
            put(rates, unit, params, unit.key());
        }
        List<Price.Tier> tiers = new ArrayList<>();
        TIERS.forEach((suffix, above) -> {
            Map<PriceUnit, Money> tier = new EnumMap<>(PriceUnit.class);
            TIERED.forEach(unit -> put(tier, unit, params, unit.key() + suffix));
            if (!tier.isEmpty()) {
                tiers.add(new Price.Tier(above, tier));
            }
        });
        return book.with(rates, tiers);
    }

    private static void put(Map<PriceUnit, Money> rates, PriceUnit unit, Parameters params, String key) {
        Object value = params.has(key) ? params.value(key, unit.per() == 1 ? PIECE : TOKEN) : null;
        if (value != null) {
            rates.put(unit, rate((BigDecimal) value, unit));
        }
    }

    /// To the billionth of a dollar for a million tokens, which nobody's price goes beyond.
    private static Money rate(BigDecimal dollars, PriceUnit unit) {
        return Money.ofDollars(dollars.multiply(BigDecimal.valueOf(unit.per())).setScale(9, RoundingMode.HALF_EVEN));
    }

    /// One price for all tokens, by model.
    static Map<String, Price> flat(Mapping root, Interpolation interpolation, Problems problems) {
        Map<String, Price> prices = new HashMap<>();
        for (String section : SECTIONS) {
            Written settings = root.entries().get(section);
            Written flat = settings instanceof Mapping mapping ? mapping.entries().get(FLAT) : null;
            if (flat instanceof Mapping models) {
                Parameters params = new Parameters(models, interpolation, problems);
                models.entries().keySet().forEach(model -> {
                    Object dollars = params.value(model, TOKEN);
                    if (dollars != null) {
                        Money rate = rate((BigDecimal) dollars, PriceUnit.INPUT);
                        prices.put(model, new Price(Map.of(PriceUnit.INPUT, rate, PriceUnit.OUTPUT, rate), List.of(), List.of()));
                    }
                });
            } else if (flat != null && !(flat instanceof Written.Scalar scalar && scalar.blank())) {
                problems.wrong(flat, "a mapping from model name to dollars a token");
            }
        }
        return prices;
    }
}
