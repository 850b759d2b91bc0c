package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.dialect.ErrorWriter;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;

/// Writes an error as OpenAI clients read it: `error` with message, type, param and code, and `retry_after` where there
/// is a wait; beside it the time. Thread-safe, stateless.
public final class OpenAiErrors implements ErrorWriter {

    @Override
    public void writeError(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        write(error, epochSeconds, out);
    }

    @Override
    public void writeErrorEvent(GatewayError error, String requestId, long epochSeconds, JsonOutput out) {
        out.literal("data: ");
        write(error, epochSeconds, out);
        out.literal("\n\n");
    }

    private static void write(GatewayError error, long epochSeconds, JsonOutput out) {
        out.beginObject().name("error").beginObject();
        out.member("message", error.message());
        out.member("type", error.code().type());
        String param = error.param();
        if (param == null) {
            out.name("param").nullValue();
        } else {
            out.member("param", param);
        }
        out.member("code", error.code().code());
        if (error.retryAfterSeconds() > 0) {
            out.member("retry_after", error.retryAfterSeconds());
        }
        out.endObject();
        out.member("timestamp", epochSeconds).endObject();
    }
}
