package io.deltallm.codec.dialect;

import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;

/// Writes errors as the clients of a wire format read them. Stateless, thread-safe.
public interface ErrorWriter {

    /// The whole body of an error reply.
    ///
    /// @param requestId the exchange's id
    void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out);

    /// One event, framed, for a stream that has already begun.
    void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out);
}
