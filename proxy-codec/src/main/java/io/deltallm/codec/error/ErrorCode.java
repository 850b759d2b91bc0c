package io.deltallm.codec.error;

/// Every way in which an exchange is refused or fails: the one table of status, type, wire code, who is
/// to blame and whether another try may help. The `type` and `code` strings are what OpenAI clients switch on.
public enum ErrorCode {
    INVALID_REQUEST(400, "invalid_request_error", "invalid_request", Blame.CLIENT, Retry.NEVER),
    MALFORMED_HTTP(400, "invalid_request_error", "malformed_http", Blame.CLIENT, Retry.NEVER),
    UNAUTHORIZED(401, "authentication_error", "unauthorized", Blame.CLIENT, Retry.NEVER),
    KEY_EXPIRED(401, "authentication_error", "key_expired", Blame.CLIENT, Retry.NEVER),
    KEY_BLOCKED(403, "permission_denied", "key_blocked", Blame.POLICY, Retry.NEVER),
    MODEL_NOT_ALLOWED(403, "permission_denied", "insufficient_permissions", Blame.POLICY, Retry.NEVER),
    NOT_FOUND(404, "invalid_request_error", "not_found", Blame.CLIENT, Retry.NEVER),
    MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found", Blame.CLIENT, Retry.NEVER),
    METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed", Blame.CLIENT, Retry.NEVER),
    REQUEST_TIMEOUT(408, "invalid_request_error", "request_timeout", Blame.CLIENT, Retry.NEVER),
    BODY_TOO_LARGE(413, "invalid_request_error", "request_too_large", Blame.CLIENT, Retry.NEVER),
    URI_TOO_LONG(414, "invalid_request_error", "uri_too_long", Blame.CLIENT, Retry.NEVER),
    EXPECTATION_FAILED(417, "invalid_request_error", "expectation_failed", Blame.CLIENT, Retry.NEVER),
    RATE_LIMITED(429, "rate_limit_error", "rate_limited", Blame.POLICY, Retry.NEVER),
    HEADERS_TOO_LARGE(431, "invalid_request_error", "headers_too_large", Blame.CLIENT, Retry.NEVER),
    INTERNAL(500, "server_error", "internal_error", Blame.GATEWAY, Retry.NEVER),
    OPERATION_NOT_SUPPORTED(501, "invalid_request_error", "operation_not_supported", Blame.CLIENT, Retry.OTHER_TARGET),
    VERSION_NOT_SUPPORTED(505, "invalid_request_error", "http_version_not_supported", Blame.CLIENT, Retry.NEVER),
    UPSTREAM_UNREACHABLE(502, "server_error", "upstream_unreachable", Blame.UPSTREAM, Retry.OTHER_TARGET),
    UPSTREAM_PROTOCOL(502, "server_error", "upstream_protocol_error", Blame.UPSTREAM, Retry.OTHER_TARGET),
    UPSTREAM_CLOSED(502, "server_error", "upstream_closed", Blame.UPSTREAM, Retry.FRESH_CONNECTION),
    PROVIDER_UNAVAILABLE(503, "server_error", "provider_unavailable", Blame.UPSTREAM, Retry.OTHER_TARGET),
    UPSTREAM_POOL_FULL(503, "server_error", "upstream_pool_timeout", Blame.GATEWAY, Retry.OTHER_TARGET),
    OVERLOADED(503, "server_error", "overloaded", Blame.GATEWAY, Retry.NEVER),
    STORE_UNAVAILABLE(503, "server_error", "store_unavailable", Blame.GATEWAY, Retry.NEVER),
    UPSTREAM_TIMEOUT(504, "server_error", "upstream_timeout", Blame.UPSTREAM, Retry.OTHER_TARGET),

    // What a provider answered, where its reply has to be told in another wire format than its own.
    PROVIDER_REJECTED(400, "invalid_request_error", "invalid_request_error", Blame.CLIENT, Retry.NEVER),
    CONTEXT_LENGTH_EXCEEDED(400, "invalid_request_error", "context_length_exceeded", Blame.CLIENT, Retry.NEVER),
    CONTENT_FILTERED(400, "invalid_request_error", "content_filter", Blame.CLIENT, Retry.NEVER),
    PROVIDER_UNAUTHORIZED(401, "authentication_error", "invalid_api_key", Blame.UPSTREAM, Retry.OTHER_TARGET),
    PROVIDER_FORBIDDEN(403, "permission_error", "permission_denied", Blame.UPSTREAM, Retry.OTHER_TARGET),
    PROVIDER_MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found", Blame.UPSTREAM, Retry.OTHER_TARGET),
    PROVIDER_TOO_LARGE(413, "invalid_request_error", "request_too_large", Blame.CLIENT, Retry.NEVER),
    PROVIDER_RATE_LIMITED(429, "rate_limit_error", "rate_limit_exceeded", Blame.UPSTREAM, Retry.OTHER_TARGET),
    PROVIDER_QUOTA_EXHAUSTED(429, "insufficient_quota", "insufficient_quota", Blame.UPSTREAM, Retry.OTHER_TARGET),
    PROVIDER_FAILED(500, "server_error", "provider_error", Blame.UPSTREAM, Retry.OTHER_TARGET),
    PROVIDER_OVERLOADED(503, "server_error", "overloaded", Blame.UPSTREAM, Retry.OTHER_TARGET);

    /// Whose doing it is; a metric label and the first question of an operator.
    public enum Blame {
        CLIENT,
        POLICY,
        UPSTREAM,
        GATEWAY
    }

    /// Whether, and where, the same request may be tried again before anything was sent to the client.
    public enum Retry {
        NEVER,
        SAME_TARGET,
        OTHER_TARGET,
        FRESH_CONNECTION
    }

    private final int status;
    private final String type;
    private final String code;
    private final Blame blame;
    private final Retry retry;

    ErrorCode(int status, String type, String code, Blame blame, Retry retry) {
        this.status = status;
        this.type = type;
        this.code = code;
        this.blame = blame;
        this.retry = retry;
    }

    /// The HTTP status code.
    public int status() {
        return status;
    }

    /// `error.type` of the OpenAI envelope.
    public String type() {
        return type;
    }

    /// `error.code` of the OpenAI envelope.
    public String code() {
        return code;
    }

    public Blame blame() {
        return blame;
    }

    public Retry retry() {
        return retry;
    }
}
