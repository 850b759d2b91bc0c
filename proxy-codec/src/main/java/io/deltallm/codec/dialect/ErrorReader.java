package io.deltallm.codec.dialect;

import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import org.jspecify.annotations.Nullable;

/// Reads a provider's error replies. Stateless, thread-safe.
public interface ErrorReader {

    /// What an error reply means.
    ///
    /// @param status the reply's status, 400 or above
    /// @param body the whole body, which may be anything: HTML of a proxy in between, empty
    GatewayError readError(int status, Fields fields, Frame body);

    /// The reply's header fields.
    @FunctionalInterface
    interface Fields {
        Fields NONE = name -> null;

        /// The field's value; null where it is missing.
        ///
        /// @param lowerCaseName as `retry-after`
        @Nullable String get(String lowerCaseName);

        /// How long the provider asks to wait: `Retry-After-Ms` before `Retry-After`, in whole seconds, rounded up. A date
        /// is measured from the reply's own, as the provider did, since there is no clock here. 0 where nothing is said.
        default long retryAfterSeconds() {
            double millis = RetryAfter.number(get("retry-after-ms"));
            double seconds = millis > 0 ? millis / 1000 : RetryAfter.number(get("retry-after"));
            double wait = seconds > 0 ? seconds : RetryAfter.between(get("retry-after"), get("date"));
            return (long) Math.ceil(Math.min(wait, RetryAfter.LONGEST_SECONDS));
        }
    }
}
