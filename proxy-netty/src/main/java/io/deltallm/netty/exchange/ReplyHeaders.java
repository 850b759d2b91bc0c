package io.deltallm.netty.exchange;

import io.deltallm.codec.http.Ascii;

/// Names and fixed values of the headers the gateway adds to replies.
final class ReplyHeaders {
    static final byte[] PROVIDER = Ascii.bytes("x-deltallm-provider");
    static final byte[] MODEL = Ascii.bytes("x-deltallm-model");
    static final byte[] OVERHEAD_US = Ascii.bytes("x-deltallm-overhead-us");
    /// The provider's own request id, under the name LiteLLM gives it: `x-request-id` is the gateway's.
    static final byte[] PROVIDER_REQUEST_ID = Ascii.bytes("llm_provider-x-request-id");

    static final byte[] RETRY_AFTER = Ascii.bytes("retry-after");
    static final byte[] WWW_AUTHENTICATE = Ascii.bytes("www-authenticate");
    static final byte[] ALLOW = Ascii.bytes("allow");
    static final byte[] VARY = Ascii.bytes("vary");

    static final byte[] BEARER = Ascii.bytes("Bearer");
    static final byte[] EVENT_STREAM = Ascii.bytes("text/event-stream");
    static final byte[] JSON = Ascii.bytes("application/json");
    static final byte[] NO_CACHE = Ascii.bytes("no-cache");
    static final byte[] ORIGIN = Ascii.bytes("Origin");

    private ReplyHeaders() {}
}
