package io.deltallm.benchmarks.load;

import org.jspecify.annotations.Nullable;

/// One measured span of one scenario against one peer.
///
/// @param cpuNanos used by the peer's process, when it has one
/// @param waitNanos in which a thread of the peer was ready to run and its core was taken, by others or by its own
/// @param loadCpuNanos used by the load and the upstream together
record Trial(
        String peer,
        boolean hasProcess,
        double seconds,
        Recorder seen,
        long cpuNanos,
        long waitNanos,
        long loadCpuNanos,
        long residentBytes) {

    /// Says what went wrong, null when nothing did.
    @Nullable String problem() {
        if (seen.failures() > 0) {
            return seen.failures() + " failures, the first: " + seen.firstFailure();
        }
        return seen.requests() + seen.events() == 0 ? "no reply at all" : null;
    }
}
