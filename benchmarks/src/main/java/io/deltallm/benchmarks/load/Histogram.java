package io.deltallm.benchmarks.load;

/// Counts of durations in nanoseconds, in log-linear buckets: every power of two is cut into 128 equal parts, so a
/// reported value is within 0.8 % of a recorded one whatever its size. Not thread-safe: confined to the event loop.
final class Histogram {
    private static final int PARTS_BITS = 7;
    private static final int PARTS = 1 << PARTS_BITS;
    private static final int BUCKETS = (Long.SIZE - PARTS_BITS) * PARTS;

    private final long[] counts = new long[BUCKETS];
    private long count;
    private long maxNanos;

    void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        maxNanos = Math.max(maxNanos, value);
    }

    long count() {
        return count;
    }

    long maxNanos() {
        return maxNanos;
    }

    /// The value at or below which `fraction` (0..1) of the recorded ones lie; 0 when nothing was recorded.
    long quantileNanos(double fraction) {
        long rank = Math.max(1, (long) Math.ceil(fraction * count));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS && count > 0; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(middle(bucket), maxNanos);
            }
        }
        return 0;
    }

    private static int bucket(long value) {
        int shift = Math.max(0, Long.SIZE - 1 - Long.numberOfLeadingZeros(value | 1) - PARTS_BITS);
        return (shift << PARTS_BITS) + (int) (value >>> shift);
    }

    private static long middle(int bucket) {
        int shift = Math.max(0, (bucket >>> PARTS_BITS) - 1);
        long low = (long) (bucket - (shift << PARTS_BITS)) << shift;
        return low + (1L << shift) / 2;
    }
}
