package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;
import org.jspecify.annotations.Nullable;

/// Writes a plain reply, once it is whole. Confined to one exchange.
final class MessagesReplyWriter implements ReplyWriter {
    private final ClientCall call;
    private final KeptBlocks blocks = new KeptBlocks();

    private @Nullable RawJson id;
    private @Nullable RawJson model;
    private @Nullable RawJson sequence;
    private @Nullable Usage usage;
    private FinishReason reason = FinishReason.STOP;

    MessagesReplyWriter(ClientCall call) {
        this.call = call;
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        switch (event) {
            case ChatEvent.Started(var givenId, var givenModel) -> {
                id = givenId == null ? null : givenId.copy();
                model = givenModel == null ? null : givenModel.copy();
            }
            case ChatEvent.Used(var stated) -> usage = stated;
            case ChatEvent.Stopped(var choice, var why, var text) -> {
                if (choice == 0) {
                    reason = why;
                    sequence = text == null ? null : text.copy();
                }
            }
            default -> {
                if (FirstChoice.has(event)) {
                    blocks.add(event);
                }
            }
        }
    }

    @Override
    public void end(JsonOutput out) {
        out.beginObject();
        ReplyHead.write(id, model, call, out);
        out.name("content").beginArray();
        blocks.all().forEach(block -> block(block, out));
        out.endArray().member("stop_reason", StopReason.written(reason)).name("stop_sequence");
        if (sequence == null) {
            out.nullValue();
        } else {
            out.value(sequence);
        }
        out.name("usage").beginObject();
        TokenCounts.write(usage, out);
        out.endObject().endObject();
    }

    private void block(KeptBlock block, JsonOutput out) {
        switch (block.kind) {
            case TEXT -> text(block, out);
            case THINKING -> out.beginObject()
                    .member("type", "thinking")
                    .member("thinking", block.text())
                    .member("signature", block.signature == null ? RawJson.EMPTY_STRING : block.signature)
                    .endObject();
            case TOOL -> tool(block, out);
            case WHOLE -> out.value(block.json == null ? RawJson.EMPTY_OBJECT : block.json);
        }
    }

    private static void text(KeptBlock block, JsonOutput out) {
        RawJson text = block.text();
        if (text.isEmptyString()) {
            return;
        }
        out.beginObject();
        if (!block.citations.isEmpty()) {
            out.name("citations").beginArray();
            block.citations.forEach(out::value);
            out.endArray();
        }
        out.member("type", "text").member("text", text).endObject();
    }

    private void tool(KeptBlock block, JsonOutput out) {
        out.beginObject().member("type", "tool_use");
        ReplyHead.toolId(block.id, block.tool, call, out);
        out.member("name", block.name).member("input", arguments(block));
        ReplyHead.mark(block.signature, out);
        out.endObject();
    }

    private RawJson arguments(KeptBlock block) {
        if (block.json != null) {
            return block.json;
        }
        String text = block.text().text();
        if (text.isBlank() || (reason == FinishReason.LENGTH && !JsonSyntax.isObject(text))) {
            // Arguments cut off by the limit of tokens are no JSON; the stop reason says so.
            return RawJson.EMPTY_OBJECT;
        }
        if (!JsonSyntax.isObject(text)) {
            throw new Refused(GatewayError.of(
                    ErrorCode.UPSTREAM_PROTOCOL,
                    "The provider called the tool " + block.name.json() + " with arguments that are no JSON object"));
        }
        return RawJson.ofLiteral(text);
    }
}
