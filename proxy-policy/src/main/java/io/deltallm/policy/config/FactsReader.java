package io.deltallm.policy.config;

import io.deltallm.codec.provider.ProviderTable;
import io.deltallm.policy.config.Form.Flag;
import io.deltallm.policy.config.Form.Whole;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.spend.Ability;
import io.deltallm.policy.spend.ModelFacts;
import io.deltallm.policy.spend.Price;
import io.deltallm.policy.spend.PriceBook;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of an entry's model: what the price book says, then what the entry says in its place.
final class FactsReader {
    private static final Whole COUNT = new Whole(1, Integer.MAX_VALUE);
    /// Keys of `model_info` that say something else than facts.
    private static final List<String> OTHERS = List.of("id", "mode", "supported_endpoints", "max_tokens",
            "max_input_tokens", "max_output_tokens", "output_vector_size", "db_model", "key");

    private final ProviderTable providers;
    private final PriceBook book;
    private final Map<String, Price> flat;

    /// @param flat prices of `cost_per_token`, by public or upstream name
    FactsReader(ProviderTable providers, PriceBook book, Map<String, Price> flat) {
        this.providers = providers;
        this.book = book;
        this.flat = flat;
    }

    /// @param name the public name
    /// @param info `model_info`; null where there is none
    ModelFacts read(String name, String provider, String upstreamModel, Parameters params, @Nullable Parameters info) {
        Scalar base = base(params, info);
        ModelFacts known = base == null ? book.find(provider, upstreamModel) : based(base.text(), provider);
        Price price = flat.getOrDefault(name, flat.getOrDefault(upstreamModel, known.price()));
        price = PriceReader.over(price, params);
        return info == null ? known.withPrice(price) : over(known, PriceReader.over(price, info), info);
    }

    private static @Nullable Scalar base(Parameters params, @Nullable Parameters info) {
        Scalar own = params.text("base_model");
        return own != null || info == null ? own : info.text("base_model");
    }

    /// A deployment's name says little; its model is told as `azure/gpt-4o` or `gpt-4o`.
    private ModelFacts based(String model, String provider) {
        int slash = model.indexOf('/');
        ProviderTable.Row row = slash < 0 ? null : providers.row(model.substring(0, slash));
        return row == null ? book.find(provider, model) : book.find(row.id(), model.substring(slash + 1));
    }

    private static ModelFacts over(ModelFacts known, Price price, Parameters info) {
        Scalar mode = info.text("mode");
        long output = count(info, "max_output_tokens", count(info, "max_tokens", known.outputTokens()));
        return new ModelFacts(
                mode == null ? known.mode() : mode.text(),
                count(info, "max_input_tokens", known.contextTokens()),
                output,
                Math.toIntExact(count(info, "output_vector_size", known.dimensions())),
                abilities(known.abilities(), info),
                price,
                known.deprecated(),
                known.retires(),
                known.asOf(),
                extras(info));
    }

    private static long count(Parameters info, String key, long otherwise) {
        Object value = info.has(key) ? info.value(key, COUNT) : null;
        return value == null ? otherwise : (Long) value;
    }

    private static Set<Ability> abilities(Set<Ability> known, Parameters info) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        abilities.addAll(known);
        for (Ability ability : Ability.values()) {
            Object value = info.has(ability.key()) ? info.value(ability.key(), new Flag()) : null;
            if (value != null && (Boolean) value) {
                abilities.add(ability);
            } else if (value != null) {
                abilities.remove(ability);
            }
        }
        return abilities;
    }

    private static Map<String, String> extras(Parameters info) {
        Set<String> used = new HashSet<>(OTHERS);
        used.addAll(PriceReader.keys());
        for (Ability ability : Ability.values()) {
            used.add(ability.key());
        }
        Map<String, String> extras = new TreeMap<>();
        info.mapping().entries().forEach((key, value) -> {
            if (!used.contains(key)) {
                extras.put(key, new JsonText(info).of(value));
            }
        });
        return extras;
    }
}
