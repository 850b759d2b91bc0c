package io.deltallm.codec.error;

import org.jspecify.annotations.Nullable;

/// One refusal or failure, as a value. The message names the offending value and what was expected, never a secret.
///
/// @param param the request field at fault (`model`, `messages[2].role`), or the limit's scope, or null
/// @param retryAfterSeconds sent as `Retry-After` when positive
/// @param cause for the log only; never shown to a client
public record GatewayError(
        ErrorCode code, String message, @Nullable String param, long retryAfterSeconds, @Nullable Throwable cause) {

    public static GatewayError of(ErrorCode code, String message) {
        return new GatewayError(code, message, null, 0, null);
    }

    public static GatewayError of(ErrorCode code, String message, @Nullable String param) {
        return new GatewayError(code, message, param, 0, null);
    }

    public GatewayError retryAfter(long seconds) {
        return new GatewayError(code, message, param, seconds, cause);
    }

    public GatewayError causedBy(Throwable newCause) {
        return new GatewayError(code, message, param, retryAfterSeconds, newCause);
    }
}
