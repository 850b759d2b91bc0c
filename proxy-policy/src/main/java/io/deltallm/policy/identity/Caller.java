package io.deltallm.policy.identity;

import io.deltallm.policy.limit.CallerLimits;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whose key it is, as the request path needs it. Immutable but for the buckets in `limits`, which are thread-safe and
/// shared by every `Caller` made for the same key.
///
/// @param id a name fit for logs: `master`, or the key's public id; never the key
/// @param kind what sort of principal
/// @param alias the name its owner gave the key
/// @param models which public model names it may use
/// @param limits its own buckets, or [CallerLimits#NONE]
/// @param expires refused from this instant on
/// @param blocked refused until unblocked
public record Caller(
        String id,
        Kind kind,
        @Nullable String alias,
        @Nullable String userId,
        @Nullable String teamId,
        ModelAccess models,
        CallerLimits limits,
        @Nullable Instant expires,
        boolean blocked) {

    /// What sort of principal a caller is.
    public enum Kind {
        /// The configured master key: no model list, no limits of its own.
        MASTER,
        /// A key from the store.
        VIRTUAL_KEY
    }
}
