package io.deltallm.netty.media;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/// What all the URLs of one request may cost together: bytes, which are held in memory until the request is on its way,
/// and time. Thread-safe.
final class MediaBudget {
    static final int MAX_BYTES = 64 << 20;

    private final AtomicLong left = new AtomicLong(MAX_BYTES);
    private final long deadline;

    MediaBudget(Duration patience) {
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /// Takes the bytes that have come from one.
    void take(int bytes, MediaUrl url) throws MediaProblem {
        if (left.addAndGet(-bytes) < 0) {
            throw url.problem("and those beside it send more than " + (MAX_BYTES >> 20) + " MiB");
        }
    }

    /// @throws TimeoutException if there is no time left
    int millisLeft() throws TimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new TimeoutException();
        }
        return (int) millis;
    }
}
