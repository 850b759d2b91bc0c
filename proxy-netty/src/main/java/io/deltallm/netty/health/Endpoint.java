package io.deltallm.netty.health;

import io.deltallm.policy.route.Target;
import org.jspecify.annotations.Nullable;

/// What recent traffic says of one target, as a health page shows it.
///
/// @param latencyNanos from sending to the reply's head, of the last success; -1 if there was none
/// @param sinceSuccessNanos how long ago that was; -1 if never
/// @param sinceFailureNanos how long ago the last failure was; -1 if never
/// @param lastError what the last failure was: an error code or `status 503`
record Endpoint(
        Target target,
        Status status,
        int consecutiveFailures,
        long latencyNanos,
        long sinceSuccessNanos,
        long sinceFailureNanos,
        @Nullable String lastError) {

    /// Judged from the latest exchanges only; nothing is sent to find out.
    enum Status {
        /// No recent exchange says anything about it.
        UNTESTED("untested"),
        HEALTHY("healthy"),
        /// The latest exchange failed, but not yet several in a row.
        DEGRADED("degraded"),
        UNHEALTHY("unhealthy");

        private final String label;

        Status(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
