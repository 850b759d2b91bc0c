package io.deltallm.policy.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Both clocks of a test, standing still until moved. Thread-safe.
public final class ManualClock implements LongSupplier, InstantSource {
    /// Close to the wrap of the monotonic clock, so that every test also crosses it.
    private static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(90).toNanos();
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong elapsedNanos = new AtomicLong();

    public void advance(Duration by) {
        elapsedNanos.addAndGet(by.toNanos());
    }

    @Override
    public long getAsLong() {
        return START_NANOS + elapsedNanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(elapsedNanos.get());
    }
}
