package io.deltallm.netty.telemetry;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Measures how late each event loop runs a task that was due: the time any other event of that loop had to wait. Timers
/// of the transports are a millisecond coarse, so an idle loop shows up to that much. Thread-safe.
public final class EventLoopLag implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Metrics metrics;
    private final LongSupplier nanoClock;
    private final List<Future<?>> samplers = new ArrayList<>();

    public EventLoopLag(Metrics metrics, LongSupplier nanoClock) {
        this.metrics = metrics;
        this.nanoClock = nanoClock;
    }

    /// Starts sampling; each loop gets its place in the order given as its label. Call once, from the thread that closes.
    public void watch(Iterable<EventExecutor> loops) {
        for (EventExecutor loop : loops) {
            Sampler sampler = new Sampler(metrics.eventLoopLag(samplers.size()));
            long period = PERIOD.toNanos();
            samplers.add(loop.scheduleWithFixedDelay(sampler, period, period, TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void close() {
        samplers.forEach(sampler -> sampler.cancel(false));
        samplers.clear();
    }

    /// Confined to its loop after construction.
    private final class Sampler implements Runnable {
        private final Histogram.Child lag;
        private long due = nanoClock.getAsLong() + PERIOD.toNanos();

        Sampler(Histogram.Child lag) {
            this.lag = lag;
        }

        @Override
        public void run() {
            long now = nanoClock.getAsLong();
            lag.observe(Math.max(0, now - due) / 1e9);
            // The next run is a fixed delay after this one, so lateness does not add up.
            due = now + PERIOD.toNanos();
        }
    }
}
