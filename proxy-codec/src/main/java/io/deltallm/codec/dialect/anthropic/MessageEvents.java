package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// The events of a streamed reply, framed, and the running number of its blocks. Confined to its writer.
final class MessageEvents {
    private final ClientCall call;
    private int index = -1;

    MessageEvents(ClientCall call) {
        this.call = call;
    }

    void begin(@Nullable RawJson id, @Nullable RawJson model, @Nullable Usage usage, JsonOutput out) {
        out.literal("event: message_start\ndata: ").beginObject().member("type", "message_start");
        out.name("message").beginObject();
        ReplyHead.write(id, model, call, out);
        out.name("content").beginArray().endArray();
        out.name("stop_reason").nullValue().name("stop_sequence").nullValue();
        out.name("usage").beginObject();
        TokenCounts.write(usage, out);
        out.endObject().endObject().endObject().literal("\n\n");
    }

    /// The next block's begin; the block itself follows, and `}` and the blank line.
    JsonOutput startBlock(JsonOutput out) {
        index++;
        return out.literal("event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":")
                .value(index)
                .literal(",\"content_block\":");
    }

    /// A piece of the open block; its value follows, and `}}` and the blank line.
    ///
    /// @param begin the delta up to its value
    JsonOutput delta(String begin, JsonOutput out) {
        return out.literal("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":")
                .value(index)
                .literal(",\"delta\":")
                .literal(begin);
    }

    void stopBlock(JsonOutput out) {
        out.literal("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":")
                .value(index)
                .literal("}\n\n");
    }

    void end(String stopReason, @Nullable RawJson sequence, @Nullable Usage usage, JsonOutput out) {
        out.literal("event: message_delta\ndata: ").beginObject().member("type", "message_delta");
        out.name("delta").beginObject().member("stop_reason", stopReason).name("stop_sequence");
        if (sequence == null) {
            out.nullValue();
        } else {
            out.value(sequence);
        }
        out.endObject().name("usage").beginObject();
        TokenCounts.write(usage, out);
        out.endObject().endObject().literal("\n\n");
        out.literal("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }
}
