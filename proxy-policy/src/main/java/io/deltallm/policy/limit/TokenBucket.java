package io.deltallm.policy.limit;

import java.util.concurrent.atomic.AtomicLong;

/// A token bucket in one word. Thread-safe and lock-free.
///
/// # How it works
/// The bucket is kept as the *theoretical arrival time* of the generic cell rate algorithm (ITU-T I.371): the instant at
/// which it will be full again. Taking `n` moves that instant `n` intervals ahead and is allowed while it stays within one
/// window of now; so a full bucket lets exactly `limit` through at once and refills at `limit` per window. One
/// compare-and-set decides, which makes it exact under concurrency without a lock.
public final class TokenBucket {
    private final long limit;
    private final long windowNanos;
    private final AtomicLong fullAt;

    /// @param limit tokens in a full bucket, and refilled per window; at least 1
    /// @param nowNanos the monotonic clock; the bucket starts full
    public TokenBucket(long limit, long windowNanos, long nowNanos) {
        if (limit < 1 || windowNanos < 1) {
            throw new IllegalArgumentException("limit and window must be positive: " + limit + ", " + windowNanos);
        }
        this.limit = limit;
        this.windowNanos = windowNanos;
        this.fullAt = new AtomicLong(nowNanos);
    }

    public long limit() {
        return limit;
    }

    /// Takes `n` tokens if there are as many, else nothing.
    public boolean tryTake(long n, long nowNanos) {
        long cost = nanosFor(n);
        while (true) {
            long current = fullAt.get();
            long base = current - nowNanos > 0 ? current : nowNanos;
            // The grace of one interval's rounding keeps "limit at once" exact where the window is no multiple of it.
            if (base + cost - nowNanos > windowNanos) {
                return false;
            }
            if (fullAt.compareAndSet(current, base + cost)) {
                return true;
            }
        }
    }

    /// Charges the difference between what was taken and what was used: positive takes more, even into debt; negative
    /// gives back.
    public void adjust(long difference, long nowNanos) {
        long cost = difference >= 0 ? nanosFor(difference) : -nanosFor(-difference);
        fullAt.updateAndGet(current -> (current - nowNanos > 0 ? current : nowNanos) + cost);
    }

    /// Whole tokens left, at least 0.
    public long remaining(long nowNanos) {
        long missing = fullAt.get() - nowNanos;
        if (missing <= 0) {
            return limit;
        }
        return Math.max(0, (long) Math.floor((double) (windowNanos - missing) / windowNanos * limit + 1e-6));
    }

    /// Nanoseconds until the bucket is full again, 0 if it is.
    public long nanosUntilFull(long nowNanos) {
        return Math.max(0, fullAt.get() - nowNanos);
    }

    /// Nanoseconds until `n` tokens can be taken, 0 if now.
    public long nanosUntil(long n, long nowNanos) {
        long base = Math.max(fullAt.get() - nowNanos, 0);
        return Math.max(0, base + nanosFor(Math.min(n, limit)) - windowNanos);
    }

    /// Rounded down, so that `limit` tokens never cost more than one window.
    private long nanosFor(long n) {
        if (n <= Long.MAX_VALUE / windowNanos) {
            return n * windowNanos / limit;
        }
        double nanos = (double) n * windowNanos / limit;
        return nanos > 4e18 ? (long) 4e18 : (long) nanos;
    }
}
