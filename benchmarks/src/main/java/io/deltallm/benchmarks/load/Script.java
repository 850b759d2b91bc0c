package io.deltallm.benchmarks.load;

import java.time.Duration;

/// What the upstream does with each request.
sealed interface Script {
    /// Answers with the whole prepared reply.
    record Plain() implements Script { }

    /// Answers with a stream of `tokens` events, one each `interval`, or all at once when that is zero.
    record Stream(int tokens, Duration interval) implements Script {
        public Stream {
            if (tokens < 1 || interval.isNegative()) {
                throw new IllegalArgumentException(
                        tokens + " tokens each " + interval + " (expected: at least 1, none negative)");
            }
        }

        boolean atOnce() {
            return interval.isZero();
        }
    }
}
