package io.deltallm.codec.dialect;

import io.deltallm.codec.Owned;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/// Writes an error as OpenAI clients read it: `error` with message, type, param and code, and `retry_after` where there
/// is a wait; beside it the time. Thread-safe, stateless.
public final class ErrorBody {

    private ErrorBody() {}

    /// The whole body of an error reply.
    public static @Owned ByteBuf write(GatewayError error, long epochSeconds, ByteBufAllocator alloc) {
        return encode(json(error, epochSeconds), alloc);
    }

    /// One SSE event, for a stream that has already begun.
    public static @Owned ByteBuf writeEvent(GatewayError error, long epochSeconds, ByteBufAllocator alloc) {
        return encode("data: " + json(error, epochSeconds) + "\n\n", alloc);
    }

    private static String json(GatewayError error, long epochSeconds) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"error\":{\"message\":").append(JsonString.quoted(error.message()));
        json.append(",\"type\":").append(JsonString.quoted(error.code().type()));
        String param = error.param();
        json.append(",\"param\":").append(param == null ? "null" : JsonString.quoted(param));
        json.append(",\"code\":").append(JsonString.quoted(error.code().code()));
        if (error.retryAfterSeconds() > 0) {
            json.append(",\"retry_after\":").append(error.retryAfterSeconds());
        }
        return json.append("},\"timestamp\":").append(epochSeconds).append('}').toString();
    }

    private static @Owned ByteBuf encode(String text, ByteBufAllocator alloc) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return alloc.directBuffer(utf8.length).writeBytes(utf8);
    }
}
