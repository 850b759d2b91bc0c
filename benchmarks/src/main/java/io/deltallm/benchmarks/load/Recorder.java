package io.deltallm.benchmarks.load;

import org.jspecify.annotations.Nullable;

/// What the client saw in one measured span. Confined to the event loop; a new one begins each span, so nothing is
/// ever reset.
final class Recorder {
    /// From the intended start of a request to the last byte of its reply.
    final Histogram latency = new Histogram();
    /// From the intended start to the first event (or, when the reply is plain, to its first byte).
    final Histogram firstByte = new Histogram();
    /// From the upstream's write of an event to its arrival here.
    final Histogram lag = new Histogram();
    private long requests;
    private long events;
    private long failures;
    private @Nullable String firstFailure;

    void requestEnded(long nanos) {
        requests++;
        latency.record(nanos);
    }

    void eventArrived(long lagNanos) {
        events++;
        lag.record(lagNanos);
    }

    void failed(String reason) {
        failures++;
        if (firstFailure == null) {
            firstFailure = reason;
        }
    }

    long requests() {
        return requests;
    }

    /// Events that carry a token; `[DONE]` is none.
    long events() {
        return events;
    }

    long failures() {
        return failures;
    }

    @Nullable String firstFailure() {
        return firstFailure;
    }
}
