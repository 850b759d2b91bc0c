package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.offload.Patience;
import io.deltallm.policy.config.AuthSettings;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.identity.CallerCache;
import io.deltallm.policy.identity.CallerCache.Found;
import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.limit.CallerLimits;
import io.netty.channel.ChannelHandlerContext;
import java.time.Instant;

/// Phase 3: key → [Caller], before anything of the body is kept. The key is hashed at once and never becomes a string.
/// Waits for the key store when the cache does not know the hash; owns nothing.
final class AuthenticationHandler extends PhaseHandler {
    /// Where a key may stand besides `Authorization` and the configured header: what the SDKs of other vendors send.
    private static final HeaderName[] OTHER_HEADERS = {
        HeaderName.X_API_KEY, HeaderName.API_KEY, HeaderName.X_LITELLM_API_KEY, HeaderName.X_GOOG_API_KEY
    };
    private static final String BEARER = "bearer";
    private static final Patience KEY_STORE =
            Patience.usual(ErrorCode.STORE_UNAVAILABLE, "the key store did not answer");
    private static final Caller MASTER = principal("master");
    private static final Caller ANYONE = principal("anyone");

    private final CallerCache callers;

    private int keyStart;
    private int keyEnd;

    AuthenticationHandler(Offload offload, CallerCache callers) {
        super(offload);
        this.callers = callers;
    }

    private static Caller principal(String id) {
        return new Caller(
                id, Caller.Kind.MASTER, null, null, null, ModelAccess.ALL, CallerLimits.NONE, null, false);
    }

    @Override
    void enter(ChannelHandlerContext ctx, Exchange exchange) {
        AuthSettings auth = exchange.snapshot().auth();
        RequestHead head = exchange.head();
        if (!findKey(head, auth)) {
            if (auth.open()) {
                admit(ctx, exchange, ANYONE);
            } else {
                refuse(exchange, missingKey());
            }
            return;
        }
        KeyHash hash = exchange.loop().hasher().hash(head.bytes(), keyStart, keyEnd - keyStart);
        head.drop(auth.headerName());
        if (hash.equals(auth.masterKey())) {
            admit(ctx, exchange, MASTER);
            return;
        }
        Found found = callers.peek(hash);
        if (found != null) {
            judge(ctx, exchange, found);
        } else {
            await(ctx, exchange, KEY_STORE, () -> callers.load(hash), loaded -> judge(ctx, exchange, loaded));
        }
    }

    private void judge(ChannelHandlerContext ctx, Exchange exchange, Found found) {
        switch (found) {
            case Found.Known(Caller caller) -> {
                if (caller.blocked()) {
                    refuse(exchange, GatewayError.of(ErrorCode.KEY_BLOCKED, "This key is blocked"));
                } else if (hasExpired(caller)) {
                    refuse(exchange, GatewayError.of(ErrorCode.KEY_EXPIRED, "This key expired at " + caller.expires()));
                } else {
                    admit(ctx, exchange, caller);
                }
            }
            case Found.Unknown() -> {
                if (exchange.snapshot().auth().open()) {
                    admit(ctx, exchange, ANYONE);
                } else {
                    refuse(exchange, GatewayError.of(ErrorCode.UNAUTHORIZED, "The key is not known here"));
                }
            }
        }
    }

    private void admit(ChannelHandlerContext ctx, Exchange exchange, Caller caller) {
        exchange.caller(caller);
        proceed(ctx, exchange);
    }

    private static boolean hasExpired(Caller caller) {
        Instant expires = caller.expires();
        return expires != null && System.currentTimeMillis() >= expires.toEpochMilli();
    }

    /// Looks for the key in the order of contract X-09; never in the query.
    private boolean findKey(RequestHead head, AuthSettings auth) {
        int authorization = head.find(HeaderName.AUTHORIZATION);
        if (authorization >= 0 && bearer(head, authorization)) {
            return true;
        }
        int configured = head.find(auth.headerName());
        if (configured >= 0 && take(head, head.valueStart(configured), head.valueEnd(configured))) {
            return true;
        }
        for (HeaderName name : OTHER_HEADERS) {
            int index = head.find(name);
            if (index >= 0 && take(head, head.valueStart(index), head.valueEnd(index))) {
                return true;
            }
        }
        return false;
    }

    /// `Bearer` in any case, then spaces, then the key (RFC 6750 section 2.1).
    private boolean bearer(RequestHead head, int index) {
        int start = head.valueStart(index);
        int end = head.valueEnd(index);
        int schemeEnd = start + BEARER.length();
        return schemeEnd < end
                && Ascii.equalsIgnoreCase(head.bytes(), start, schemeEnd, BEARER)
                && head.bytes()[schemeEnd] == ' '
                && take(head, Ascii.skipSpace(head.bytes(), schemeEnd, end), end);
    }

    private boolean take(RequestHead head, int start, int end) {
        // Azure and LiteLLM users put "Bearer" into other headers too.
        boolean prefixed = end - start > BEARER.length()
                && Ascii.equalsIgnoreCase(head.bytes(), start, start + BEARER.length(), BEARER)
                && head.bytes()[start + BEARER.length()] == ' ';
        keyStart = prefixed ? Ascii.skipSpace(head.bytes(), start + BEARER.length(), end) : start;
        keyEnd = end;
        return keyEnd > keyStart;
    }

    private static GatewayError missingKey() {
        return GatewayError.of(
                ErrorCode.UNAUTHORIZED, "No key was given (expected: Authorization: Bearer <key>)");
    }
}
