package io.deltallm.policy.limit;

/// The places where a request can be stopped, in the one order in which every request passes them. `param` is what the
/// client reads in `error.param`.
enum Gate {
    KEY_PARALLEL("key_max_parallel_requests"),
    KEY_REQUESTS("key_requests_per_minute"),
    KEY_TOKENS("key_tokens_per_minute"),
    PROXY_PARALLEL("proxy_max_parallel_requests"),
    PROXY_REQUESTS("proxy_requests_per_minute"),
    PROXY_TOKENS("proxy_tokens_per_minute");

    private static final Gate[] IN_ORDER = values();

    private final String param;

    Gate(String param) {
        this.param = param;
    }

    static int count() {
        return IN_ORDER.length;
    }

    static Gate at(int index) {
        return IN_ORDER[index];
    }

    String param() {
        return param;
    }

    boolean isSlot() {
        return this == KEY_PARALLEL || this == PROXY_PARALLEL;
    }

    boolean isOfTokens() {
        return this == KEY_TOKENS || this == PROXY_TOKENS;
    }

    boolean isProxyWide() {
        return compareTo(PROXY_PARALLEL) >= 0;
    }

    /// Whose limit it is, for messages.
    String whose() {
        return isProxyWide() ? "all keys together" : "this key";
    }
}
