package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A key store in memory that can be down, counts the look-ups it answers, and lets a test act in the middle of one.
/// Thread-safe.
public final class MemoryKeyStore implements KeyStore {
    private final Map<KeyHash, KeyRecord> keys = new ConcurrentHashMap<>();
    private final List<KeyHash> changes = new ArrayList<>();
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile boolean down;
    private volatile Runnable duringFind = () -> {};

    public void goDown() {
        down = true;
    }

    public void comeBack() {
        down = false;
    }

    /// Runs after a key was read and before it is returned.
    public void duringFind(Runnable action) {
        duringFind = action;
    }

    public int lookups() {
        return lookups.get();
    }

    @Override
    public @Nullable KeyRecord find(KeyHash hash) {
        assert Blocking.allowed() : "the store was called on an event loop";
        check();
        lookups.incrementAndGet();
        KeyRecord found = keys.get(hash);
        duringFind.run();
        return found;
    }

    @Override
    public @Nullable KeyRecord find(KeyRef ref) {
        check();
        Predicate<KeyRecord> wanted = switch (ref) {
            case KeyRef.ById(String id) -> key -> key.id().equals(id);
            case KeyRef.ByHash(KeyHash hash) -> key -> key.hash().equals(hash);
            case KeyRef.ByAlias(String alias) -> key -> alias.equals(key.terms().alias());
        };
        return keys.values().stream().filter(wanted).findFirst().orElse(null);
    }

    @Override
    public synchronized void insert(KeyRecord key) {
        check();
        if (keys.putIfAbsent(key.hash(), key) != null) {
            throw new StoreException("could not add the key " + key.id() + ": it is there", null);
        }
        changes.add(key.hash());
    }

    @Override
    public KeyPage list(long offset, int limit) {
        check();
        List<KeyRecord> page = keys.values().stream()
                .sorted(Comparator.comparing(KeyRecord::createdAt).reversed())
                .skip(offset)
                .limit(limit)
                .toList();
        return new KeyPage(page, keys.size());
    }

    @Override
    public synchronized @Nullable KeyRecord setBlocked(KeyRef ref, boolean blocked) {
        KeyRecord key = find(ref);
        if (key == null) {
            return null;
        }
        KeyRecord changed = new KeyRecord(
                key.hash(), key.id(), key.displayName(), key.terms(), blocked, key.createdAt(), key.updatedAt());
        keys.put(key.hash(), changed);
        changes.add(key.hash());
        return changed;
    }

    @Override
    public synchronized @Nullable KeyRecord delete(KeyRef ref) {
        KeyRecord key = find(ref);
        if (key != null) {
            keys.remove(key.hash());
            changes.add(key.hash());
        }
        return key;
    }

    @Override
    public synchronized long version() {
        check();
        return changes.size();
    }

    @Override
    public synchronized KeyChanges changesSince(long version) {
        check();
        return new KeyChanges(changes.size(), changes.subList((int) version, changes.size()), true);
    }

    private void check() {
        if (down) {
            throw new StoreException("the store is down, as the test wants it", null);
        }
    }
}
