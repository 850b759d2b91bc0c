package io.deltallm.policy.spend;

import java.util.Map;
import java.util.Set;

/// What is known of a model. Zero is what nobody knows.
///
/// @param mode what it is for: `chat`, `embedding`, `image`
/// @param contextTokens the most it reads
/// @param outputTokens the most it writes at once
/// @param dimensions of its vectors
/// @param retires the day it goes away, or empty
/// @param asOf the day all this was looked up, or empty
/// @param extras JSON literals by name: what a configuration says of it besides
public record ModelFacts(
        String mode,
        long contextTokens,
        long outputTokens,
        int dimensions,
        Set<Ability> abilities,
        Price price,
        boolean deprecated,
        String retires,
        String asOf,
        Map<String, String> extras) {
    /// Of a model that is in no book.
    public static final ModelFacts UNKNOWN =
            new ModelFacts("chat", 0, 0, 0, Set.of(), Price.UNKNOWN, false, "", "", Map.of());

    public ModelFacts {
        abilities = Set.copyOf(abilities);
        extras = Map.copyOf(extras);
    }

    public ModelFacts withPrice(Price other) {
        return new ModelFacts(
                mode, contextTokens, outputTokens, dimensions, abilities, other, deprecated, retires, asOf, extras);
    }
}
