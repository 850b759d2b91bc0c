package io.deltallm.policy.telemetry;

/// When things happened within one exchange, in nanoseconds of the monotonic clock. Confined to the exchange's loop.
public final class Timeline {
    private static final int MARKS = Mark.values().length;

    private final long[] nanos = new long[MARKS];
    private int seen;

    public void mark(Mark mark, long nanoTime) {
        nanos[mark.ordinal()] = nanoTime;
        seen |= 1 << mark.ordinal();
    }

    public boolean has(Mark mark) {
        return (seen & 1 << mark.ordinal()) != 0;
    }

    /// The clock's reading at `mark`; only meaningful where [#has(Mark)] is true.
    public long at(Mark mark) {
        return nanos[mark.ordinal()];
    }

    /// Nanoseconds from one mark to another; -1 unless both were reached.
    public long between(Mark from, Mark to) {
        return has(from) && has(to) ? at(to) - at(from) : -1;
    }
}
