package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHash;
import java.time.Instant;

/// One virtual key as the store keeps it. The key itself is nowhere: only its hash, and its last four characters in the
/// display name.
///
/// @param id public, for logs and commands: `key_` and 12 characters
/// @param displayName `sk-...` and the key's last four characters
/// @param blocked refused until unblocked
public record KeyRecord(
        KeyHash hash,
        String id,
        String displayName,
        KeyTerms terms,
        boolean blocked,
        Instant createdAt,
        Instant updatedAt) {}
