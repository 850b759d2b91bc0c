package io.deltallm.netty.upstream;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.netty.loop.Deadline;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one origin: lends the one used last, opens more up to the cap, lets attempts wait
/// in order of arrival beyond it. Confined to the event loop.
final class OriginPool {
    private final LoopPool owner;
    private final Origin origin;
    private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Attempt> waiting = new ArrayDeque<>();
    private final Deadline impatience = new Impatience();

    private PoolLimits limits;
    /// Lent or being opened; idle ones are not counted.
    private int active;

    OriginPool(LoopPool owner, Origin origin, PoolLimits limits) {
        this.owner = owner;
        this.origin = origin;
        this.limits = limits;
    }

    /// This loop's share of the configured numbers.
    record PoolLimits(int maxConnections, int maxIdle, long idleExpiryNanos, long connectNanos, long acquireNanos) {}

    void limits(PoolLimits newLimits) {
        limits = newLimits;
    }

    int active() {
        return active;
    }

    int idle() {
        return idle.size();
    }

    Origin origin() {
        return origin;
    }

    PoolLimits limits() {
        return limits;
    }

    UpstreamConnection newConnection() {
        return new UpstreamConnection(owner, this);
    }

    void acquire(Attempt attempt) {
        UpstreamConnection connection = pollIdle();
        if (connection != null) {
            active++;
            attempt.connected(connection, true);
        } else {
            acquireFresh(attempt);
        }
    }

    void acquireFresh(Attempt attempt) {
        if (active < limits.maxConnections()) {
            open(attempt);
        } else {
            enqueue(attempt);
        }
    }

    /// An attempt that was waiting is no longer interested. One whose connection is being opened keeps its slot until then.
    void forget(Attempt attempt) {
        waiting.remove(attempt);
    }

    private @Nullable UpstreamConnection pollIdle() {
        for (UpstreamConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.usable()) {
                next.leaveIdle();
                return next;
            }
        }
        return null;
    }

    private void open(Attempt attempt) {
        active++;
        attempt.waitSince(owner.wheel().readClock());
        owner.connector().connect(this, attempt);
    }

    /// A connection was opened for an attempt, which may have been cancelled meanwhile.
    void opened(UpstreamConnection connection, Attempt attempt) {
        long now = owner.wheel().readClock();
        owner.listener().upstreamConnected(attempt.destination().target(), now - attempt.waitingSince());
        connection.opened();
        if (attempt.waiting()) {
            attempt.connected(connection, false);
        } else {
            release(connection);
        }
    }

    void openFailed(Attempt attempt, GatewayError error) {
        owner.listener().upstreamConnectFailed(attempt.destination().target());
        freed();
        attempt.failed(error);
    }

    /// A connection comes back whole, to be used again.
    void release(UpstreamConnection connection) {
        Attempt next = connection.usable() ? nextWaiting() : null;
        if (next != null) {
            next.connected(connection, true);
            return;
        }
        if (!connection.usable() || idle.size() >= limits.maxIdle() || owner.closing()) {
            // Counted until it is gone: see lost().
            connection.close();
            return;
        }
        active--;
        idle.addFirst(connection);
        connection.enterIdle(limits.idleExpiryNanos());
    }

    /// A lent connection is gone.
    void lost() {
        freed();
    }

    /// An idle connection is gone.
    void lostIdle(UpstreamConnection connection) {
        idle.remove(connection);
    }

    private void freed() {
        active--;
        Attempt next = nextWaiting();
        if (next != null) {
            open(next);
        }
    }

    private @Nullable Attempt nextWaiting() {
        Attempt next = waiting.pollFirst();
        while (next != null && !next.waiting()) {
            next = waiting.pollFirst();
        }
        if (next != null) {
            told(next);
        }
        if (waiting.isEmpty()) {
            owner.wheel().cancel(impatience);
        }
        return next;
    }

    private void told(Attempt attempt) {
        owner.listener().upstreamPoolWaited(attempt.destination().target(), owner.wheel().readClock() - attempt.waitingSince());
    }

    private void enqueue(Attempt attempt) {
        long now = owner.wheel().readClock();
        attempt.waitSince(now);
        waiting.addLast(attempt);
        if (!impatience.armed()) {
            owner.wheel().armFromNow(impatience, limits.acquireNanos());
        }
    }

    void closeIdle() {
        for (UpstreamConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            // It stays idle, and so uncounted, to its end.
            next.close();
        }
    }

    /// Turns away those who have waited for as long as they may.
    private final class Impatience extends Deadline {
        @Override
        protected void expired() {
            long now = owner.wheel().readClock();
            Attempt oldest = waiting.peekFirst();
            while (oldest != null && now - oldest.waitingSince() >= limits.acquireNanos()) {
                waiting.removeFirst();
                told(oldest);
                oldest.failed(poolFull());
                oldest = waiting.peekFirst();
            }
            if (oldest != null) {
                owner.wheel().armFromNow(this, oldest.waitingSince() + limits.acquireNanos() - now);
            }
        }
    }

    private GatewayError poolFull() {
        return GatewayError.of(
                        ErrorCode.UPSTREAM_POOL_FULL,
                        "All " + limits.maxConnections() + " connections to " + origin.host() + " are in use")
                .retryAfter(1);
    }
}
