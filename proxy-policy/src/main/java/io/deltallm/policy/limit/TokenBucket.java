package io.deltallm.policy.limit;

import java.util.concurrent.atomic.AtomicLong;

/// A token bucket in one word. Thread-safe and lock-free. All times are nanoseconds of one monotonic clock.
///
/// # How it works
/// The bucket is kept as the *theoretical arrival time* of the generic cell rate algorithm (ITU-T I.371): the instant at
/// which it will be full again. Each token is worth one *interval*; taking `n` moves that instant `n` intervals ahead and
/// is allowed while it stays within one window of now. So a full bucket lets exactly `limit` through at once and refills
/// at `limit` per window. One compare-and-set decides, which makes it exact under concurrency without a lock.
///
/// # Exactness
/// The interval is whole nanoseconds, rounded down, and the window is `limit` such intervals: then no way of splitting
/// `limit` into takes lets one token more or less through. The price is a refill that is faster than asked by less than
/// `limit / window` (0.002 % at a million a minute).
///
/// # Debt
/// What was used beyond the estimate is charged even if the bucket does not hold it, so an underestimated request is paid
/// for by the next ones; but never more than [#MAX_DEBT_WINDOWS], so that an absurd number from a provider does not lock
/// a key out for years.
public final class TokenBucket {
    static final long MAX_DEBT_WINDOWS = 10;
    /// A longer window could overflow the arithmetic on the clock.
    private static final long MAX_WINDOW_NANOS = Long.MAX_VALUE / 100;

    private final long limit;
    private final long intervalNanos;
    private final AtomicLong fullAt;

    /// @param limit tokens in a full bucket, and refilled per window; at least 1; more than one a nanosecond count as
    ///     one a nanosecond
    /// @param nowNanos the monotonic clock; the bucket starts full
    public TokenBucket(long limit, long windowNanos, long nowNanos) {
        if (limit < 1 || windowNanos < 1 || windowNanos > MAX_WINDOW_NANOS) {
            throw new IllegalArgumentException("limit must be at least 1 and the window 1 to " + MAX_WINDOW_NANOS
                    + " ns, not " + limit + " and " + windowNanos);
        }
        this.limit = Math.min(limit, windowNanos);
        this.intervalNanos = windowNanos / this.limit;
        this.fullAt = new AtomicLong(nowNanos);
    }

    public long limit() {
        return limit;
    }

    /// Takes `n` tokens if there are as many, else nothing. Taking none always succeeds.
    public boolean tryTake(long n, long nowNanos) {
        if (n <= 0) {
            return true;
        }
        while (true) {
            long current = fullAt.get();
            long missing = missing(current, nowNanos);
            if (!holds(n, missing)) {
                return false;
            }
            if (fullAt.compareAndSet(current, nowNanos + missing + n * intervalNanos)) {
                return true;
            }
        }
    }

    /// Whether [#tryTake] would succeed now.
    boolean canTake(long n, long nowNanos) {
        return n <= 0 || holds(n, missing(fullAt.get(), nowNanos));
    }

    /// Returns `n` tokens that were taken and not used.
    public void giveBack(long n) {
        // May leave an instant in the past, which means full: never more than `limit` can be taken at once.
        if (n > 0) {
            fullAt.addAndGet(-Math.min(n, limit) * intervalNanos);
        }
    }

    /// Charges `n` tokens that were used beyond what was taken, whether the bucket holds them or not.
    public void charge(long n, long nowNanos) {
        if (n <= 0) {
            return;
        }
        long mostMissing = (MAX_DEBT_WINDOWS + 1) * windowNanos();
        long cost = Math.min(n, (MAX_DEBT_WINDOWS + 1) * limit) * intervalNanos;
        while (true) {
            long current = fullAt.get();
            long missing = missing(current, nowNanos);
            long charged = Math.max(missing, Math.min(missing + cost, mostMissing));
            if (fullAt.compareAndSet(current, nowNanos + charged)) {
                return;
            }
        }
    }

    /// Whole tokens left, at least 0.
    public long remaining(long nowNanos) {
        return Math.max(0, (windowNanos() - missing(fullAt.get(), nowNanos)) / intervalNanos);
    }

    /// Nanoseconds until the bucket is full again, 0 if it is.
    public long nanosUntilFull(long nowNanos) {
        return missing(fullAt.get(), nowNanos);
    }

    /// Nanoseconds until `n` tokens (at most a full bucket) can be taken, 0 if now.
    public long nanosUntil(long n, long nowNanos) {
        long wanted = Math.min(Math.max(n, 0), limit) * intervalNanos;
        return Math.max(0, missing(fullAt.get(), nowNanos) + wanted - windowNanos());
    }

    /// Full for at least `nanos`: nothing was taken lately.
    boolean idleFor(long nanos, long nowNanos) {
        return nowNanos - fullAt.get() >= nanos;
    }

    private boolean holds(long n, long missing) {
        return n <= limit && missing <= (limit - n) * intervalNanos;
    }

    /// Compared by difference: the monotonic clock may wrap.
    private static long missing(long fullAt, long nowNanos) {
        return Math.max(fullAt - nowNanos, 0);
    }

    private long windowNanos() {
        return limit * intervalNanos;
    }
}
