package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHash;
import org.jspecify.annotations.Nullable;

/// The virtual keys. Blocks: call on a virtual thread through Offload, or on a thread of one's own. Thread-safe. Every
/// method throws [StoreException] when the store cannot be reached or refuses.
///
/// Several processes may work on one store: each change gets the next number of one sequence, and [#changesSince] tells
/// the others.
public interface KeyStore {
    @Nullable KeyRecord find(KeyHash hash);

    @Nullable KeyRecord find(KeyRef ref);

    /// Fails with [StoreException] if the hash, the id or the alias is taken already.
    void insert(KeyRecord key);

    /// Newest first.
    ///
    /// @param offset how many to leave out
    /// @param limit how many to return at most
    KeyPage list(long offset, int limit);

    /// Blocks or unblocks a key; returns it as it is then, or null if there is none.
    @Nullable KeyRecord setBlocked(KeyRef ref, boolean blocked);

    /// Deletes a key for good; returns it as it was, or null if there is none.
    @Nullable KeyRecord delete(KeyRef ref);

    /// The number of the newest change, 0 if there was none.
    long version();

    /// What changed after `version`.
    KeyChanges changesSince(long version);
}
