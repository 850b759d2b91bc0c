package io.deltallm.policy.limit;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The buckets of one key, shared by every request made with it. Thread-safe.
public final class CallerLimits {
    /// No limit of its own: the proxy-wide ones still hold.
    public static final CallerLimits NONE = new CallerLimits(null, null, 0);

    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;
    private final int maxParallel;
    private final AtomicInteger running = new AtomicInteger();

    /// @param requests requests per minute, or null for no limit
    /// @param tokens tokens per minute, or null for no limit
    /// @param maxParallel requests under way at once, 0 for no limit
    public CallerLimits(@Nullable TokenBucket requests, @Nullable TokenBucket tokens, int maxParallel) {
        this.requests = requests;
        this.tokens = tokens;
        this.maxParallel = maxParallel;
    }

    public @Nullable TokenBucket requests() {
        return requests;
    }

    public @Nullable TokenBucket tokens() {
        return tokens;
    }

    public int maxParallel() {
        return maxParallel;
    }

    /// Requests under way.
    public int running() {
        return running.get();
    }

    boolean tryEnter() {
        if (maxParallel == 0) {
            return true;
        }
        while (true) {
            int current = running.get();
            if (current >= maxParallel) {
                return false;
            }
            if (running.compareAndSet(current, current + 1)) {
                return true;
            }
        }
    }

    void leave() {
        if (maxParallel != 0) {
            running.decrementAndGet();
        }
    }
}
