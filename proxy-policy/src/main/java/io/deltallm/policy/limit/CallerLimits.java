package io.deltallm.policy.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The live limits of one key, or of the whole proxy: two buckets and a count of requests under way. Thread-safe; shared
/// by every request of the key, and long-lived: made and resized by [LimitRegistry] alone.
///
/// # Unsettled takes
/// [Admission] takes from several buckets and gives back when a later one refuses. While it is at it, the scope's
/// *unsettled* word counts it; when it gave something back, the word's upper half moves on. Whoever reads the same word
/// with a count of zero before and after looking at a bucket has seen no take that was later undone.
public final class CallerLimits {
    /// No limit of its own, as the master key has: the proxy-wide ones still hold.
    public static final CallerLimits NONE = new CallerLimits();

    static final long MINUTE_NANOS = 60_000_000_000L;
    private static final long ONE_ABORT = 1L << 32;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong unsettled = new AtomicLong();
    private volatile Rates rates = Rates.UNLIMITED;
    private volatile @Nullable TokenBucket requests;
    private volatile @Nullable TokenBucket tokens;

    CallerLimits() {}

    /// Free-standing limits, not shared through a registry: for tests and benchmarks.
    public static CallerLimits of(Rates rates, long nowNanos) {
        CallerLimits limits = new CallerLimits();
        limits.resize(rates, nowNanos);
        return limits;
    }

    public @Nullable TokenBucket requests() {
        return requests;
    }

    public @Nullable TokenBucket tokens() {
        return tokens;
    }

    public int maxParallel() {
        return rates.maxParallel();
    }

    /// Requests under way, counted only while there is a cap on them.
    public int running() {
        return running.get();
    }

    /// A bucket whose number stays is kept as it is; a changed one starts full.
    void resize(Rates next, long nowNanos) {
        Rates previous = rates;
        if (next.equals(previous)) {
            return;
        }
        if (next.requestsPerMinute() != previous.requestsPerMinute()) {
            requests = bucket(next.requestsPerMinute(), nowNanos);
        }
        if (next.tokensPerMinute() != previous.tokensPerMinute()) {
            tokens = bucket(next.tokensPerMinute(), nowNanos);
        }
        rates = next;
    }

    /// Nothing would be lost by forgetting it: nobody is inside, and both buckets have been full for `nanos`.
    boolean idleFor(long nanos, long nowNanos) {
        TokenBucket ofRequests = requests;
        TokenBucket ofTokens = tokens;
        return running.get() == 0
                && (ofRequests == null || ofRequests.idleFor(nanos, nowNanos))
                && (ofTokens == null || ofTokens.idleFor(nanos, nowNanos));
    }


    boolean tryEnter(int cap) {
        while (true) {
            int current = running.get();
            if (current >= cap) {
                return false;
            }
            if (running.compareAndSet(current, current + 1)) {
                return true;
            }
        }
    }

    void leave() {
        running.decrementAndGet();
    }

    void begin() {
        unsettled.incrementAndGet();
    }

    void commit() {
        unsettled.decrementAndGet();
    }

    /// After everything was given back.
    void abort() {
        unsettled.addAndGet(ONE_ABORT - 1);
    }

    long unsettled() {
        return unsettled.get();
    }

    static boolean isQuiet(long unsettled) {
        return (int) unsettled == 0;
    }

    private static @Nullable TokenBucket bucket(long perMinute, long nowNanos) {
        return perMinute == 0 ? null : new TokenBucket(perMinute, MINUTE_NANOS, nowNanos);
    }
}
