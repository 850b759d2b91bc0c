package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;

/// What a provider sent is no response. Stateless.
final class BrokenReply {

    private BrokenReply() {}

    static Refused because(String what) {
        return new Refused(error(what));
    }

    static GatewayError error(String what) {
        return GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, what);
    }
}
