package io.deltallm.codec.dialect;

import io.deltallm.codec.Owned;
import io.deltallm.codec.dialect.openai.OpenAiErrors;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/// OpenAI's form of an error as a buffer: [OpenAiErrors]. Thread-safe, stateless.
public final class ErrorBody {
    private static final OpenAiErrors WRITER = new OpenAiErrors();

    private ErrorBody() {}

    /// The whole body of an error reply.
    public static @Owned ByteBuf write(GatewayError error, long epochSeconds, ByteBufAllocator alloc) {
        JsonOutput out = new JsonOutput();
        WRITER.writeError(error, "", epochSeconds, out);
        return out.toBuffer(alloc);
    }

    /// One SSE event, for a stream that has already begun.
    public static @Owned ByteBuf writeEvent(GatewayError error, long epochSeconds, ByteBufAllocator alloc) {
        JsonOutput out = new JsonOutput();
        WRITER.writeErrorEvent(error, "", epochSeconds, out);
        return out.toBuffer(alloc);
    }
}
