package io.deltallm.policy.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.store.StoreException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Whose key a hash belongs to, remembered. Thread-safe, bounded.
///
/// # Freshness
/// A known key is taken as it is for [CallerCacheSettings#ttl], an unknown one for `negativeTtl`. [#invalidate] has effect
/// at once: what a look-up then under way brings back is thrown away and looked up again.
///
/// # When the store is down
/// A key that was known is served on, up to `staleWhileStoreDown` (5 minutes by default) beyond its time, so that an outage
/// of the store does not stop the traffic: a key revoked during the outage may be used that much longer. The store is
/// asked again at most every [#RETRY_NANOS] for each key. Keys not known fail with [StoreException].
public final class CallerCache {
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final KeyStore store;
    private final LimitRegistry limits;
    private final LongSupplier nanoClock;
    private final long ttlNanos;
    private final long staleNanos;
    private final Cache<KeyHash, Entry> known;
    private final Cache<KeyHash, Found> unknown;
    private final ConcurrentHashMap<KeyHash, Lookup> lookups = new ConcurrentHashMap<>();

    /// What is known of a key.
    public sealed interface Found {
        /// Made once: the answer to a stranger costs nothing.
        Found UNKNOWN = new Unknown();

        /// It is in the store; it may still be blocked or expired.
        record Known(Caller caller) implements Found {}

        /// The store has no such key.
        record Unknown() implements Found {}
    }

    private record Entry(Found.Known found, long loadedAtNanos, long freshUntilNanos) {}

    /// @param nanoClock monotonic; `System::nanoTime`
    public CallerCache(KeyStore store, LimitRegistry limits, CallerCacheSettings settings, LongSupplier nanoClock) {
        this.store = store;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.ttlNanos = settings.ttl().toNanos();
        this.staleNanos = settings.staleWhileStoreDown().toNanos();
        this.known = bounded(settings.maxKnown(), settings.ttl().plus(settings.staleWhileStoreDown()))
                .build();
        this.unknown = bounded(settings.maxUnknown(), settings.negativeTtl()).build();
    }

    /// What is known without asking the store; null means [#load] must be called. Never blocks: for event loops.
    public @Nullable Found peek(KeyHash hash) {
        Entry entry = known.getIfPresent(hash);
        if (entry == null) {
            return unknown.getIfPresent(hash);
        }
        return nanoClock.getAsLong() - entry.freshUntilNanos < 0 ? entry.found : null;
    }

    /// Asks the store, unless somebody just did; several callers with one key share one question. Blocks: through Offload.
    ///
    /// @throws StoreException if the store fails and the key was not known before
    public Found load(KeyHash hash) {
        while (true) {
            Found remembered = peek(hash);
            if (remembered != null) {
                return remembered;
            }
            Lookup mine = new Lookup(hash);
            Lookup others = lookups.putIfAbsent(hash, mine);
            if (others == null) {
                mine.run();
            }
            Found found = (others == null ? mine : others).await();
            if (found != null) {
                return found;
            }
        }
    }

    /// The key changed: forget what was known of it.
    public void invalidate(KeyHash hash) {
        // First the look-up: then it cannot put back what is removed next.
        lookups.remove(hash);
        known.invalidate(hash);
        unknown.invalidate(hash);
    }

    /// Any key may have changed.
    public void invalidateAll() {
        lookups.clear();
        known.invalidateAll();
        unknown.invalidateAll();
    }

    /// Keeps what the store said, unless the key changed since it was asked.
    private void publish(Lookup lookup, @Nullable KeyRecord stored) {
        // Under the map's own lock of this key, so that it is either before an invalidation or not at all.
        lookups.computeIfPresent(lookup.hash, (_, current) -> {
            if (current != lookup) {
                return current;
            }
            lookup.found = remember(lookup.hash, stored);
            return null;
        });
    }

    private Found remember(KeyHash hash, @Nullable KeyRecord stored) {
        if (stored == null) {
            known.invalidate(hash);
            unknown.put(hash, Found.UNKNOWN);
            return Found.UNKNOWN;
        }
        Found.Known found = new Found.Known(caller(stored));
        long nowNanos = nanoClock.getAsLong();
        known.put(hash, new Entry(found, nowNanos, nowNanos + ttlNanos));
        return found;
    }

    private Caller caller(KeyRecord stored) {
        return new Caller(
                stored.id(),
                Caller.Kind.VIRTUAL_KEY,
                stored.terms().alias(),
                stored.terms().owner().userId(),
                stored.terms().owner().teamId(),
                ModelAccess.of(stored.terms().models()),
                limits.ofKey(stored.id(), stored.terms().limits()),
                stored.terms().expiresAt(),
                stored.blocked());
    }

    /// The store is down: what was known before, if that is not too long ago.
    private @Nullable Found stale(KeyHash hash) {
        long nowNanos = nanoClock.getAsLong();
        Entry served = known.asMap().computeIfPresent(hash, (_, entry) -> {
            long usableUntil = entry.loadedAtNanos + ttlNanos + staleNanos;
            if (nowNanos - usableUntil >= 0) {
                return null;
            }
            long retryAt = nowNanos + Math.min(RETRY_NANOS, usableUntil - nowNanos);
            return new Entry(entry.found, entry.loadedAtNanos, retryAt);
        });
        return served == null ? null : served.found;
    }

    private Caffeine<Object, Object> bounded(int size, Duration keep) {
        return Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(keep)
                .ticker(nanoClock::getAsLong)
                // A few pointer moves; a pool of threads would cost more than it saves.
                .executor(Runnable::run);
    }

    /// One question to the store, and everybody who waits for its answer.
    private final class Lookup {
        final KeyHash hash;
        private final CountDownLatch answered = new CountDownLatch(1);
        /// Null when the key was invalidated meanwhile: ask again.
        private @Nullable Found found;
        private @Nullable RuntimeException failure;

        Lookup(KeyHash hash) {
            this.hash = hash;
        }

        void run() {
            try {
                publish(this, store.find(hash));
            } catch (StoreException e) {
                found = stale(hash);
                failure = found == null ? e : null;
            } catch (RuntimeException e) {
                failure = e;
            } finally {
                lookups.remove(hash, this);
                answered.countDown();
            }
        }

        @Nullable Found await() {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("interrupted while waiting for the key store", e);
            }
            if (failure != null) {
                throw failure;
            }
            return found;
        }
    }
}
