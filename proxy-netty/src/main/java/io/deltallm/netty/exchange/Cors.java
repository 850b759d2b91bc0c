package io.deltallm.netty.exchange;

import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.policy.config.CorsSettings;
import org.jspecify.annotations.Nullable;

/// What browsers are told of requests from other origins (Fetch standard, section 3.3). Credentials are never allowed.
final class Cors {
    private static final byte[] ANY = Ascii.bytes("*");
    private static final byte[] EXPOSED = Ascii.bytes("x-request-id, x-deltallm-provider, x-deltallm-model,"
            + " x-deltallm-overhead-us, retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset");

    private Cors() {}

    /// Adds to any reply what lets the asking origin read it.
    static void allow(Exchange exchange, ResponseHead head) {
        byte[] origin = allowedOrigin(exchange);
        if (origin != null) {
            head.add(HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            if (origin != ANY) {
                // What was allowed depends on who asked: a shared cache must keep them apart.
                head.add(ReplyHeaders.VARY, ReplyHeaders.ORIGIN);
            }
            head.add(HeaderName.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /// Adds the answer to a preflight.
    static void preflight(Exchange exchange, ResponseHead head) {
        CorsSettings cors = settings(exchange);
        head.add(HeaderName.ACCESS_CONTROL_ALLOW_METHODS, Ascii.bytes(String.join(", ", cors.allowedMethods())));
        String asked = exchange.head().value(HeaderName.ACCESS_CONTROL_REQUEST_HEADERS);
        String allowed = cors.allowedHeaders().contains("*") && asked != null
                ? asked
                : String.join(", ", cors.allowedHeaders());
        head.add(HeaderName.ACCESS_CONTROL_ALLOW_HEADERS, Ascii.bytes(allowed));
        head.add(HeaderName.ACCESS_CONTROL_MAX_AGE, cors.maxAge().toSeconds());
    }

    private static byte @Nullable [] allowedOrigin(Exchange exchange) {
        CorsSettings cors = settings(exchange);
        if (cors.anyOrigin()) {
            return ANY;
        }
        RequestHead head = exchange.head();
        String origin = head.value(HeaderName.ORIGIN);
        return origin != null && cors.allowedOrigins().contains(origin) ? Ascii.bytes(origin) : null;
    }

    private static CorsSettings settings(Exchange exchange) {
        return exchange.snapshot().config().server().cors();
    }
}
