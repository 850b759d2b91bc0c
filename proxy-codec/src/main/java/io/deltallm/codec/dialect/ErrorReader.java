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
    }
}
