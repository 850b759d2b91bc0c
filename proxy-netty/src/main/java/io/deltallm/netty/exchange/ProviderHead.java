package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.upstream.UpstreamTarget;
import org.jspecify.annotations.Nullable;

/// What a provider's head says of its reply, and what a client gets to see of it. Stateless.
final class ProviderHead {
    private static final String FRAMES = "application/vnd.amazon.eventstream";

    private ProviderHead() {}

    /// Some servers forget to say what they send: then what was asked for counts.
    static boolean isStream(ResponseHead head, boolean asked) {
        return head.has(HeaderName.CONTENT_TYPE)
                ? head.valueStartsWith(HeaderName.CONTENT_TYPE, "text/event-stream")
                : asked;
    }

    /// Whether events come in Amazon's frames.
    static boolean isFramed(ResponseHead head) {
        return head.valueStartsWith(HeaderName.CONTENT_TYPE, FRAMES);
    }

    /// Why a reply that the gateway has to read cannot be read; null if it can.
    static @Nullable GatewayError unreadable(ResponseHead head) {
        int encoding = head.find(HeaderName.CONTENT_ENCODING);
        if (encoding >= 0 && !head.valueEquals(encoding, "identity")) {
            return GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider compressed its reply without being asked");
        }
        return head.successful() || head.status() >= 400
                ? null
                : GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider answered with status " + head.status());
    }

    /// Makes it the client's. The gateway's own request id joins it later, so the provider's gets another name.
    static void makeClients(ResponseHead head) {
        head.dropProviderOnly();
        int id = head.find(HeaderName.X_REQUEST_ID);
        if (id >= 0) {
            head.addCopy(ReplyHeaders.PROVIDER_REQUEST_ID, id);
        }
    }

    /// Says who answered.
    static void sign(ResponseHead head, UpstreamTarget from, Route route) {
        head.add(ReplyHeaders.PROVIDER, from.providerName());
        if (!(route instanceof Route.Passthrough)) {
            head.add(ReplyHeaders.MODEL, from.upstreamModelHeader());
        }
    }
}
