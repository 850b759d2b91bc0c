package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHash;
import java.util.List;

/// Which keys were added, changed or deleted since some version.
///
/// @param version ask from here next time
/// @param hashes the changed keys; empty if not `complete`
/// @param complete false if there were too many changes, or some too old to be remembered: then take every key for changed
public record KeyChanges(long version, List<KeyHash> hashes, boolean complete) {
    public KeyChanges {
        hashes = List.copyOf(hashes);
    }
}
