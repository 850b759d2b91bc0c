package io.deltallm.codec.dialect.failure;

import io.deltallm.codec.error.ErrorCode;

/// What the status of a provider's reply means where its words say nothing better, those of proxies in between among
/// them. Stateless.
public final class StatusKind {

    private StatusKind() {}

    public static ErrorCode of(int status) {
        return switch (status) {
            case 401 -> ErrorCode.PROVIDER_UNAUTHORIZED;
            case 402 -> ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
            case 403 -> ErrorCode.PROVIDER_FORBIDDEN;
            case 404 -> ErrorCode.PROVIDER_MODEL_NOT_FOUND;
            case 408, 504, 522, 524 -> ErrorCode.UPSTREAM_TIMEOUT;
            case 413 -> ErrorCode.PROVIDER_TOO_LARGE;
            case 429 -> ErrorCode.PROVIDER_RATE_LIMITED;
            case 503, 529 -> ErrorCode.PROVIDER_OVERLOADED;
            case 502, 520, 521, 523, 525, 526, 530 -> ErrorCode.UPSTREAM_UNREACHABLE;
            default -> status < 500 ? ErrorCode.PROVIDER_REJECTED : ErrorCode.PROVIDER_FAILED;
        };
    }
}
