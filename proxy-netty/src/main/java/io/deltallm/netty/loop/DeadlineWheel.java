package io.deltallm.netty.loop;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The timeouts of one event loop. Confined to it.
///
/// # How it works
/// A hashed wheel (Varghese and Lauck, 1987) of intrusive lists: arming and cancelling relink one node, whatever the number
/// of connections, and allocate nothing. Putting a deadline off only writes its new time; the node moves when its old slot
/// comes up. A deadline fires up to one tick late, never early. The wheel turns only while something is armed.
public final class DeadlineWheel {
    /// How late a deadline may fire.
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int SLOTS = 1024;
    private static final int VISITED = SLOTS;

    private final EventLoop loop;
    private final LongSupplier nanoClock;
    private final @Nullable Deadline[] slots = new Deadline[SLOTS + 1];
    private final Runnable turn = this::turn;
    private long now;
    private long turnedTo;
    private int armed;
    private boolean turning;

    public DeadlineWheel(EventLoop loop) {
        this(loop, System::nanoTime);
    }

    /// @param nanoClock monotonic
    public DeadlineWheel(EventLoop loop, LongSupplier nanoClock) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.now = nanoClock.getAsLong();
    }

    /// Reads the monotonic clock, in nanoseconds, for everything that happens until it is read again: whoever starts
    /// something on this loop (a read, a timeout, a result that came back) reads it once.
    public long readClock() {
        now = nanoClock.getAsLong();
        return now;
    }

    /// The clock as it was read last.
    public long now() {
        return now;
    }

    /// Arms `deadline`, or puts it off or forward if it is armed.
    ///
    /// @param delayNanos from the clock's last reading
    public void arm(Deadline deadline, long delayNanos) {
        long at = now + delayNanos;
        if (deadline.armed()) {
            boolean later = at - deadline.atNanos >= 0;
            deadline.atNanos = at;
            if (later) {
                return;
            }
            unlink(deadline);
        } else {
            deadline.atNanos = at;
            armed++;
        }
        if (!turning) {
            turning = true;
            turnedTo = tick(now);
            loop.schedule(turn, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
        link(deadline, slotOf(deadline));
    }

    /// As [#arm], from a fresh reading of the clock: for whoever cannot know how old the last one is.
    public void armFromNow(Deadline deadline, long delayNanos) {
        readClock();
        arm(deadline, delayNanos);
    }

    public void cancel(Deadline deadline) {
        if (deadline.armed()) {
            unlink(deadline);
            deadline.slot = -1;
            armed--;
        }
    }

    /// How many deadlines are armed.
    int armed() {
        return armed;
    }

    private void turn() {
        long target = tick(readClock());
        long steps = Math.min(target - turnedTo, SLOTS);
        for (long i = 1; i <= steps; i++) {
            visit((int) ((turnedTo + i) & (SLOTS - 1)));
        }
        turnedTo = target;
        turning = armed > 0;
        if (turning && !loop.isShuttingDown()) {
            loop.schedule(turn, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /// Moves the slot's deadlines to a list of their own first: an expiry may arm and cancel whatever it likes meanwhile.
    private void visit(int slot) {
        for (Deadline deadline = slots[slot]; deadline != null; deadline = slots[slot]) {
            unlink(deadline);
            link(deadline, VISITED);
        }
        for (Deadline deadline = slots[VISITED]; deadline != null; deadline = slots[VISITED]) {
            unlink(deadline);
            if (deadline.atNanos - now > 0) {
                link(deadline, slotOf(deadline));
            } else {
                deadline.slot = -1;
                armed--;
                deadline.expired();
            }
        }
    }

    private int slotOf(Deadline deadline) {
        // Rounded up, so that the slot comes up after the deadline; at least one ahead of the hand.
        long tick = Math.max(tick(deadline.atNanos) + 1, turnedTo + 1);
        return (int) (tick & (SLOTS - 1));
    }

    private static long tick(long nanos) {
        return Math.floorDiv(nanos, TICK_NANOS);
    }

    private void link(Deadline deadline, int slot) {
        Deadline first = slots[slot];
        deadline.slot = slot;
        deadline.previous = null;
        deadline.next = first;
        if (first != null) {
            first.previous = deadline;
        }
        slots[slot] = deadline;
    }

    private void unlink(Deadline deadline) {
        Deadline previous = deadline.previous;
        Deadline next = deadline.next;
        if (previous == null) {
            slots[deadline.slot] = next;
        } else {
            previous.next = next;
        }
        if (next != null) {
            next.previous = previous;
        }
        deadline.previous = null;
        deadline.next = null;
    }
}
