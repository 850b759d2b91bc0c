package io.deltallm.policy.store;

import io.deltallm.policy.limit.KeyLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What whoever issues a key decides about it.
///
/// @param alias a name for people, unique among the keys; null for none
/// @param models public model names and globs it may use; empty for all
/// @param maxBudgetNanodollars what it may spend, in billionths of a dollar; null for no budget
/// @param expiresAt refused from then on; null for never. Kept in whole milliseconds
/// @param metadata a JSON object as text, `{}` for none; kept as it is, never interpreted here
public record KeyTerms(
        @Nullable String alias,
        KeyOwner owner,
        List<String> models,
        KeyLimits limits,
        @Nullable Long maxBudgetNanodollars,
        @Nullable Instant expiresAt,
        String metadata) {
    /// All models, default limits, no end.
    public static final KeyTerms OPEN =
            new KeyTerms(null, KeyOwner.NOBODY, List.of(), KeyLimits.DEFAULTS, null, null, "{}");

    public KeyTerms {
        models = List.copyOf(models);
        for (String model : models) {
            if (model.isBlank() || model.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("\"" + model + "\" is no model name (expected: one line, not blank)");
            }
        }
        if (alias != null && alias.isBlank()) {
            throw new IllegalArgumentException("a key's alias must not be blank; leave it out for none");
        }
    }
}
