package io.deltallm.netty.telemetry;

import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.GatewayListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each exchange, at level INFO of the logger `deltallm.access`. Thread-safe.
///
/// An event loop only copies the facts into a free slot of a ring; formatting and writing are done by one thread of its
/// own. A full ring loses the line and says so to `dropped`: a slow disk must never slow a request. With the level off an
/// exchange costs one check.
public final class AccessLog implements GatewayListener, AutoCloseable {
    public static final String LOGGER = "deltallm.access";
    /// About a tenth of a second at the highest rate two cores reach.
    private static final int CAPACITY = 4096;
    private static final Duration NAP = Duration.ofMillis(20);
    private static final Duration FLUSH_LIMIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    private final Logger logger = LoggerFactory.getLogger(LOGGER);
    private final SlotRing<AccessEntry> ring;
    private final AccessLine line;
    private final InstantSource clock;
    private final Runnable dropped;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread writer = new Thread(this::writeUntilClosed, "access-log");

    /// @param clock what the lines' `time`, the end of the exchange, is read from
    /// @param dropped told of each lost line; called on event loops
    public AccessLog(LineFormat format, InstantSource clock, Runnable dropped) {
        this(format, clock, dropped, CAPACITY);
    }

    AccessLog(LineFormat format, InstantSource clock, Runnable dropped, int capacity) {
        this.ring = new SlotRing<>(capacity, AccessEntry::new);
        this.line = new AccessLine(format);
        this.clock = clock;
        this.dropped = dropped;
    }

    /// Starts the writing thread. Lines of exchanges that end before wait in the ring.
    public AccessLog start() {
        writer.setDaemon(true);
        writer.start();
        return this;
    }

    @Override
    public void exchangeEnded(ExchangeFacts facts) {
        if (!logger.isInfoEnabled()) {
            return;
        }
        long ticket = ring.claim();
        if (ticket < 0) {
            dropped.run();
            return;
        }
        try {
            ring.slot(ticket).copy(facts, clock.millis());
        } finally {
            ring.publish(ticket);
        }
    }

    /// Writes what is waiting, then stops the thread; waits for that a few seconds at most.
    @Override
    public void close() {
        closed.set(true);
        LockSupport.unpark(writer);
        try {
            writer.join(FLUSH_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilClosed() {
        // Read before draining, so that what was offered before close() is written.
        boolean last;
        do {
            last = closed.get();
            writeWaiting();
            if (!last) {
                LockSupport.parkNanos(this, NAP.toNanos());
            }
        } while (!last);
    }

    private void writeWaiting() {
        for (AccessEntry entry = ring.peek(); entry != null; entry = ring.peek()) {
            try {
                logger.info(line.write(entry));
            } catch (RuntimeException e) {
                // One bad line must not end the log.
                LOG.error("an access log line could not be written", e);
            } finally {
                entry.clear();
                ring.release();
            }
        }
    }
}
