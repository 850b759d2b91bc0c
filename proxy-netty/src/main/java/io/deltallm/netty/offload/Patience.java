package io.deltallm.netty.offload;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import java.time.Duration;

/// How long a piece of work is waited for, and what is said where it takes longer. Each caller of [Offload] has its own.
///
/// @param limit after it the work is interrupted
/// @param code what the client is told
/// @param missing what has not happened by then: `the key store did not answer`
public record Patience(Duration limit, ErrorCode code, String missing) {
    private static final Duration USUAL = Duration.ofSeconds(10);

    /// Of the length that is usual.
    public static Patience usual(ErrorCode code, String missing) {
        return new Patience(USUAL, code, missing);
    }

    GatewayError exhausted() {
        return GatewayError.of(code, missing + " within " + limit.toMillis() + " ms");
    }
}
