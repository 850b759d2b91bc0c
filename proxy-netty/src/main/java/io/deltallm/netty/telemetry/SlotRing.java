package io.deltallm.netty.telemetry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A bounded queue of reusable slots: many threads fill them, one empties them, nothing is allocated after the start.
/// A full ring refuses at once.
///
/// # How it works
/// Dmitry Vyukov's bounded queue: each slot has a turn. Turn `n` means "free for ticket n", `n + 1` "filled by ticket n".
/// A writer owns the slot between [#claim()] and [#publish(long)], the reader between [#peek()] and [#release()]; both see
/// the other's writes through the release and acquire of the turn.
///
/// @param <T> the slot, mutable
final class SlotRing<T> {
    private final Object[] slots;
    private final AtomicLongArray turns;
    private final AtomicLong tail = new AtomicLong();
    private final int mask;
    /// Touched by the reading thread only.
    private long head;

    /// @param capacity a power of two
    SlotRing(int capacity, Supplier<T> slot) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        mask = capacity - 1;
        slots = new Object[capacity];
        turns = new AtomicLongArray(capacity);
        for (int i = 0; i < capacity; i++) {
            slots[i] = slot.get();
            turns.set(i, i);
        }
    }

    /// A ticket to fill one slot, or -1 when all are full. Every ticket must be published, or the ring stops there.
    long claim() {
        while (true) {
            long ticket = tail.get();
            long ahead = turns.getAcquire((int) ticket & mask) - ticket;
            if (ahead < 0) {
                return -1;
            }
            if (ahead == 0 && tail.compareAndSet(ticket, ticket + 1)) {
                return ticket;
            }
        }
    }

    @SuppressWarnings("unchecked")
    T slot(long ticket) {
        return (T) slots[(int) ticket & mask];
    }

    void publish(long ticket) {
        turns.setRelease((int) ticket & mask, ticket + 1);
    }

    /// The oldest filled slot, or null. Reading thread only.
    @Nullable T peek() {
        return turns.getAcquire((int) head & mask) == head + 1 ? slot(head) : null;
    }

    /// Gives the slot last peeked back to the writers. Reading thread only.
    void release() {
        turns.setRelease((int) head & mask, head + mask + 1);
        head++;
    }
}
