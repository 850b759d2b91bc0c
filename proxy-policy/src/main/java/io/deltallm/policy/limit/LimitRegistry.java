package io.deltallm.policy.limit;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The live limits of every key and of the proxy. Thread-safe; made once, outlives configuration snapshots and cached
/// callers: a key's buckets stay as they are while its numbers do.
///
/// Bounded by use: once in a while, adding a key drops those that nobody used for [#KEPT_IDLE]. Their buckets are full
/// again, so nothing is forgotten; and no cache keeps a caller for longer than that, so nobody holds them any more.
public final class LimitRegistry {
    /// How long the buckets of a key that nobody uses are kept; no cache may keep a `Caller` for longer.
    public static final Duration KEPT_IDLE = Duration.ofMinutes(15);

    /// Between two sweeps, so that a sweep over all keys costs each added key next to nothing.
    private static final long SWEEP_NANOS = CallerLimits.MINUTE_NANOS;

    private final ConcurrentHashMap<String, OfKey> keys = new ConcurrentHashMap<>();
    private final CallerLimits proxyWide = new CallerLimits();
    private final LongSupplier nanoClock;
    private final AtomicLong nextSweep;
    private volatile ProxyLimits settings = ProxyLimits.NONE;

    private record OfKey(KeyLimits own, CallerLimits live) {}

    /// @param nanoClock monotonic; `System::nanoTime`
    public LimitRegistry(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.nextSweep = new AtomicLong(nanoClock.getAsLong() + SWEEP_NANOS);
    }

    /// Takes new numbers into use, at once and for cached callers too. Off the event loops: visits every known key.
    public void configure(ProxyLimits next) {
        long nowNanos = nanoClock.getAsLong();
        settings = next;
        proxyWide.resize(next.proxyWide(), nowNanos);
        for (String keyId : keys.keySet()) {
            keys.computeIfPresent(keyId, (_, known) -> resized(known, known.own(), nowNanos));
        }
    }

    /// The limits of a key, the same object as long as it is in use; resized if its own numbers changed.
    public CallerLimits ofKey(String keyId, KeyLimits own) {
        long nowNanos = nanoClock.getAsLong();
        sweepIfDue(nowNanos);
        while (true) {
            ProxyLimits before = settings;
            OfKey found = keys.compute(
                    keyId,
                    (_, known) -> resized(known == null ? new OfKey(own, new CallerLimits()) : known, own, nowNanos));
            // Else a new configuration may have passed by the key just before it was there.
            if (settings == before) {
                return found.live();
            }
        }
    }

    /// The limits of all callers together.
    CallerLimits proxyWide() {
        return proxyWide;
    }

    /// How many keys it holds buckets for.
    public int size() {
        return keys.size();
    }

    private OfKey resized(OfKey known, KeyLimits own, long nowNanos) {
        known.live().resize(own.over(settings.perKey()), nowNanos);
        return known.own().equals(own) ? known : new OfKey(own, known.live());
    }

    private void sweepIfDue(long nowNanos) {
        long due = nextSweep.get();
        if (nowNanos - due >= 0 && nextSweep.compareAndSet(due, nowNanos + SWEEP_NANOS)) {
            keys.values().removeIf(key -> key.live().idleFor(KEPT_IDLE.toNanos(), nowNanos));
        }
    }
}
