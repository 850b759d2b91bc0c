package io.deltallm.netty.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store every few seconds whether it answers, so that no health request has to. Runs on a virtual thread of its
/// own; `start` and `close` belong to the thread that wires the gateway.
public final class StoreProbe implements AutoCloseable {
    public static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

    private final BooleanSupplier answers;
    private final HealthState state;
    private final Duration period;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /// @param answers may block; false or an exception means no
    public StoreProbe(BooleanSupplier answers, HealthState state, Duration period) {
        this.answers = answers;
        this.state = state;
        this.period = period;
    }

    /// Asks once at once, then every period.
    public StoreProbe start() {
        thread.set(Thread.ofVirtual().name("store-probe").start(this::repeat));
        return this;
    }

    /// Asks once, on the calling thread.
    public void probe() {
        boolean up = ask();
        if (Thread.currentThread().isInterrupted()) {
            // Closed while asking: that says nothing about the store.
            return;
        }
        HealthState.Database was = state.current().database();
        if (up && was == HealthState.Database.DOWN) {
            LOG.info("the store answers again");
        } else if (!up && was != HealthState.Database.DOWN) {
            LOG.warn("the store does not answer");
        }
        state.databaseProbed(up);
    }

    @Override
    public void close() {
        Thread running = thread.getAndSet(null);
        if (running != null) {
            running.interrupt();
        }
    }

    private boolean ask() {
        try {
            return answers.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.debug("asking the store failed", e);
            return false;
        }
    }

    private void repeat() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                probe();
                Thread.sleep(period);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }
}
