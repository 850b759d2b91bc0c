package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;

/// Writes errors: OpenAI's envelope for a plain reply, and this format's own `error` event within a stream. Stateless.
final class ErrorWriting {

    private ErrorWriting() {}

    static void body(GatewayError error, long epochSeconds, JsonOutput out) {
        out.beginObject().name("error").beginObject().member("message", error.message());
        out.member("type", error.code().type());
        param(error, out);
        out.member("code", error.code().code());
        if (error.retryAfterSeconds() > 0) {
            out.member("retry_after", error.retryAfterSeconds());
        }
        out.endObject().member("timestamp", epochSeconds).endObject();
    }

    /// How many events went before is not known here; clients do not go by the number of this one.
    static void event(GatewayError error, JsonOutput out) {
        out.literal("event: error\ndata: ").beginObject().member("type", "error");
        out.member("code", error.code().code()).member("message", error.message());
        param(error, out);
        out.member("sequence_number", 0).endObject().literal("\n\n");
    }

    private static void param(GatewayError error, JsonOutput out) {
        String param = error.param();
        if (param == null) {
            out.name("param").nullValue();
        } else {
            out.member("param", param);
        }
    }
}
