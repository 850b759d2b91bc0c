package io.deltallm.netty.testing;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time of one embedded event loop: the machine's, and what a test adds to it. Confined to the test's thread.
public final class LoopClock implements LongSupplier {
    private final EmbeddedChannel channel;
    private long addedNanos;

    /// @param channel whose loop's tasks fall due
    public LoopClock(EmbeddedChannel channel) {
        this.channel = channel;
    }

    @Override
    public long getAsLong() {
        return System.nanoTime() + addedNanos;
    }

    /// Lets time pass, and what falls due happen.
    public void advance(Duration time) {
        addedNanos += time.toNanos();
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }
}
