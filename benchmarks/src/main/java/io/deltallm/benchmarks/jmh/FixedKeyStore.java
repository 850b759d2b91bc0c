package io.deltallm.benchmarks.jmh;

import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.store.IssuedKey;
import io.deltallm.policy.store.KeyChanges;
import io.deltallm.policy.store.KeyPage;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Keys that never change, in memory; only looked up by hash. Immutable.
final class FixedKeyStore implements KeyStore {
    private final Map<KeyHash, KeyRecord> byHash;

    FixedKeyStore(List<IssuedKey> keys) {
        byHash = keys.stream().map(IssuedKey::keyRecord).collect(Collectors.toUnmodifiableMap(KeyRecord::hash, key -> key));
    }

    @Override
    public @Nullable KeyRecord find(KeyHash hash) {
        return byHash.get(hash);
    }

    @Override
    public @Nullable KeyRecord find(KeyRef ref) {
        throw onlyByHash();
    }

    @Override
    public void insert(KeyRecord key) {
        throw onlyByHash();
    }

    @Override
    public KeyPage list(long offset, int limit) {
        throw onlyByHash();
    }

    @Override
    public @Nullable KeyRecord setBlocked(KeyRef ref, boolean blocked) {
        throw onlyByHash();
    }

    @Override
    public @Nullable KeyRecord delete(KeyRef ref) {
        throw onlyByHash();
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public KeyChanges changesSince(long version) {
        return new KeyChanges(version, List.of(), true);
    }

    private static UnsupportedOperationException onlyByHash() {
        return new UnsupportedOperationException("these keys are fixed and only looked up by hash");
    }
}
