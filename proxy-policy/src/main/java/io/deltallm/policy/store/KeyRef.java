package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHash;

/// The ways of naming a key.
public sealed interface KeyRef {
    /// By its public id, `key_…`.
    record ById(String id) implements KeyRef {}

    /// By the key itself, hashed.
    record ByHash(KeyHash hash) implements KeyRef {}

    /// By the name its owner gave it.
    record ByAlias(String alias) implements KeyRef {}
}
