package io.deltallm.codec.http;

import java.nio.charset.StandardCharsets;

/// The header fields the gateway acts upon, each once: its name and what becomes of it at the gateway. All others pass
/// both ways untouched. At most 64, so that a head can remember in one word which of them it has.
@SuppressWarnings("ImmutableEnumChecker") // the bytes never leave the package
public enum HeaderName {
    // Framing and connection management: RFC 9110 section 7.6.1, RFC 9112 section 6.
    CONNECTION("connection", Fate.HOP),
    KEEP_ALIVE("keep-alive", Fate.HOP),
    PROXY_CONNECTION("proxy-connection", Fate.HOP),
    PROXY_AUTHENTICATE("proxy-authenticate", Fate.HOP),
    PROXY_AUTHORIZATION("proxy-authorization", Fate.HOP),
    TE("te", Fate.HOP),
    TRAILER("trailer", Fate.HOP),
    TRANSFER_ENCODING("transfer-encoding", Fate.HOP),
    UPGRADE("upgrade", Fate.HOP),
    HTTP2_SETTINGS("http2-settings", Fate.HOP),
    CONTENT_LENGTH("content-length", Fate.HOP),

    // Written anew towards the provider.
    HOST("host", Fate.NOT_UPSTREAM),
    EXPECT("expect", Fate.NOT_UPSTREAM),
    // Replies are read for their usage: ask for them uncompressed.
    ACCEPT_ENCODING("accept-encoding", Fate.NOT_UPSTREAM),

    // Credentials of the client, and scopes that belong to them.
    AUTHORIZATION("authorization", Fate.NOT_UPSTREAM),
    X_API_KEY("x-api-key", Fate.NOT_UPSTREAM),
    API_KEY("api-key", Fate.NOT_UPSTREAM),
    X_GOOG_API_KEY("x-goog-api-key", Fate.NOT_UPSTREAM),
    OCP_APIM_SUBSCRIPTION_KEY("ocp-apim-subscription-key", Fate.NOT_UPSTREAM),
    X_LITELLM_API_KEY("x-litellm-api-key", Fate.NOT_UPSTREAM),
    X_MASTER_KEY("x-master-key", Fate.NOT_UPSTREAM),
    COOKIE("cookie", Fate.NOT_UPSTREAM),
    OPENAI_ORGANIZATION("openai-organization", Fate.NEITHER),
    OPENAI_PROJECT("openai-project", Fate.NEITHER),

    // Who the client is, as claimed by proxies before us.
    FORWARDED("forwarded", Fate.NOT_UPSTREAM),
    VIA("via", Fate.NOT_UPSTREAM),
    X_FORWARDED_FOR("x-forwarded-for", Fate.NOT_UPSTREAM),
    X_FORWARDED_HOST("x-forwarded-host", Fate.NOT_UPSTREAM),
    X_FORWARDED_PROTO("x-forwarded-proto", Fate.NOT_UPSTREAM),
    X_FORWARDED_PORT("x-forwarded-port", Fate.NOT_UPSTREAM),
    X_REAL_IP("x-real-ip", Fate.NOT_UPSTREAM),
    X_CLIENT_IP("x-client-ip", Fate.NOT_UPSTREAM),
    X_ORIGINAL_FORWARDED_FOR("x-original-forwarded-for", Fate.NOT_UPSTREAM),
    CF_CONNECTING_IP("cf-connecting-ip", Fate.NOT_UPSTREAM),
    CF_IPCOUNTRY("cf-ipcountry", Fate.NOT_UPSTREAM),

    // The browser's dance is between the client and us.
    ORIGIN("origin", Fate.NOT_UPSTREAM),
    REFERER("referer", Fate.NOT_UPSTREAM),
    ACCESS_CONTROL_REQUEST_METHOD("access-control-request-method", Fate.NOT_UPSTREAM),
    ACCESS_CONTROL_REQUEST_HEADERS("access-control-request-headers", Fate.NOT_UPSTREAM),
    ACCESS_CONTROL_ALLOW_ORIGIN("access-control-allow-origin", Fate.NOT_CLIENT),
    ACCESS_CONTROL_ALLOW_CREDENTIALS("access-control-allow-credentials", Fate.NOT_CLIENT),
    ACCESS_CONTROL_ALLOW_METHODS("access-control-allow-methods", Fate.NOT_CLIENT),
    ACCESS_CONTROL_ALLOW_HEADERS("access-control-allow-headers", Fate.NOT_CLIENT),
    ACCESS_CONTROL_EXPOSE_HEADERS("access-control-expose-headers", Fate.NOT_CLIENT),
    ACCESS_CONTROL_MAX_AGE("access-control-max-age", Fate.NOT_CLIENT),

    // The provider's dealings with the gateway, not with its clients.
    SET_COOKIE("set-cookie", Fate.NOT_CLIENT),
    ALT_SVC("alt-svc", Fate.NOT_CLIENT),
    STRICT_TRANSPORT_SECURITY("strict-transport-security", Fate.NOT_CLIENT),

    // Both the provider's and ours: the gateway's own value replaces it.
    X_REQUEST_ID("x-request-id", Fate.PASS),
    X_RATELIMIT_LIMIT("x-ratelimit-limit", Fate.PASS),
    X_RATELIMIT_REMAINING("x-ratelimit-remaining", Fate.PASS),
    X_RATELIMIT_RESET("x-ratelimit-reset", Fate.PASS),
    X_RATELIMIT_LIMIT_REQUESTS("x-ratelimit-limit-requests", Fate.PASS),
    X_RATELIMIT_REMAINING_REQUESTS("x-ratelimit-remaining-requests", Fate.PASS),
    X_RATELIMIT_RESET_REQUESTS("x-ratelimit-reset-requests", Fate.PASS),
    X_RATELIMIT_LIMIT_TOKENS("x-ratelimit-limit-tokens", Fate.PASS),
    X_RATELIMIT_REMAINING_TOKENS("x-ratelimit-remaining-tokens", Fate.PASS),
    X_RATELIMIT_RESET_TOKENS("x-ratelimit-reset-tokens", Fate.PASS),

    // Read on the way.
    CONTENT_TYPE("content-type", Fate.PASS),
    CONTENT_ENCODING("content-encoding", Fate.PASS),
    ACCEPT("accept", Fate.PASS),
    CACHE_CONTROL("cache-control", Fate.PASS),
    USER_AGENT("user-agent", Fate.PASS);

    private enum Fate {
        PASS,
        HOP,
        NOT_UPSTREAM,
        NOT_CLIENT,
        NEITHER
    }

    private static final HeaderName[] ALL = values();

    private final String name;
    private final byte[] bytes;
    private final Fate fate;

    HeaderName(String name, Fate fate) {
        this.name = name;
        this.bytes = name.getBytes(StandardCharsets.US_ASCII);
        this.fate = fate;
    }

    /// The field name in lower case.
    public String lowerCase() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Whether a field of a request may travel on to the provider.
    public boolean passesUpstream() {
        return fate == Fate.PASS || fate == Fate.NOT_CLIENT;
    }

    /// Whether a field of a provider's reply is kept from the client.
    boolean providerOnly() {
        return fate == Fate.NOT_CLIENT || fate == Fate.NEITHER;
    }

    /// Whether a field concerns one connection only, so that whoever writes a head writes it anew.
    boolean hopByHop() {
        return fate == Fate.HOP;
    }

    static HeaderName at(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }
}
