package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Writes a streamed reply. Anthropic's blocks never overlap, while calls of other providers may come interleaved: the
/// first call is written as it comes, and all that begins before its arguments are whole waits. Confined to one
/// exchange.
final class MessagesStreamWriter implements ReplyWriter {
    private final ClientCall call;
    private final MessageEvents events;
    private final KeptBlocks waiting = new KeptBlocks();
    private final ArgumentsEnd arguments = new ArgumentsEnd();

    private boolean begun;
    private Open open = Open.NONE;
    private int tool;
    /// Whether the open text has its sources: text that follows is another's.
    private boolean cited;

    private @Nullable Usage usage;
    private @Nullable RawJson sequence;
    private FinishReason reason = FinishReason.STOP;

    /// What the open block is.
    private enum Open {
        NONE,
        TEXT,
        THINKING,
        TOOL
    }

    MessagesStreamWriter(ClientCall call) {
        this.call = call;
        this.events = new MessageEvents(call);
    }

    @Override
    public void write(ChatEvent event, JsonOutput out) {
        if (!FirstChoice.has(event)) {
            return;
        }
        switch (event) {
            case ChatEvent.Started(var id, var model) -> begin(id, model, out);
            case ChatEvent.Used(var stated) -> usage = stated;
            case ChatEvent.Stopped(_, var why, var text) -> {
                reason = why;
                sequence = text == null ? null : text.copy();
            }
            default -> content(event, out);
        }
    }

    private void content(ChatEvent event, JsonOutput out) {
        begin(null, null, out);
        if (event instanceof ChatEvent.ToolDelta(_, var number, var piece) && isOpen(number)) {
            toolPiece(piece, out);
            settle(out);
        } else if (event instanceof ChatEvent.ToolArguments(_, var number, var object) && isOpen(number)) {
            toolArguments(object, out);
            settle(out);
        } else if (unfinished() || !waiting.isEmpty()) {
            waiting.add(event);
        } else {
            direct(event, out);
        }
    }

    private boolean isOpen(int number) {
        return open == Open.TOOL && tool == number;
    }

    private boolean unfinished() {
        return open == Open.TOOL && !arguments.whole();
    }

    private void direct(ChatEvent event, JsonOutput out) {
        switch (event) {
            case ChatEvent.TextDelta(_, var text) -> text(text, out);
            case ChatEvent.RefusalDelta(_, var text) -> text(text, out);
            case ChatEvent.ThinkingDelta(_, var text) -> thinking(text, out);
            case ChatEvent.ThinkingSignature(_, var signature) -> signature(signature, out);
            case ChatEvent.RedactedThinking(_, var data) -> whole(KeptBlocks.redacted(data), out);
            case ChatEvent.ToolStarted(_, var number, var id, var name, var mark) -> tool(number, id, name, mark, out);
            case ChatEvent.Cited(_, var annotation) -> cite(annotation, out);
            case ChatEvent.Opaque(_, _, var block) -> whole(block, out);
            case ChatEvent.AudioDelta(_, _, var transcript) -> text(
                    transcript == null ? RawJson.EMPTY_STRING : transcript, out);
            // A piece of a call that is whole, or never began.
            case ChatEvent.ToolDelta _, ChatEvent.ToolArguments _ -> {}
            case ChatEvent.Logprobs _, ChatEvent.ImageMade _, ChatEvent.Started _ -> {}
            case ChatEvent.Used _, ChatEvent.Stopped _, ChatEvent.Failed _ -> {}
        }
    }

    /// What waited goes out, as far as the open block is whole.
    private void settle(JsonOutput out) {
        while (!waiting.isEmpty() && !unfinished()) {
            release(waiting.removeFirst(), out);
        }
    }

    private void release(KeptBlock block, JsonOutput out) {
        switch (block.kind) {
            case TEXT -> {
                text(block.text(), out);
                block.citations.forEach(citation -> citation(citation, out));
            }
            case THINKING -> {
                thinking(block.text(), out);
                if (block.signature != null) {
                    signature(block.signature, out);
                }
            }
            case TOOL -> {
                tool(block.tool, block.id, block.name, block.signature, out);
                if (block.json == null) {
                    toolPiece(block.text(), out);
                } else {
                    toolArguments(block.json, out);
                }
            }
            case WHOLE -> whole(block.json == null ? RawJson.EMPTY_OBJECT : block.json, out);
        }
    }

    private void begin(@Nullable RawJson id, @Nullable RawJson model, JsonOutput out) {
        if (!begun) {
            begun = true;
            events.begin(id, model, usage, out);
        }
    }

    private void text(RawJson piece, JsonOutput out) {
        if (piece.isEmptyString()) {
            return;
        }
        if (open != Open.TEXT || cited) {
            startBlock(Open.TEXT, out).literal("{\"type\":\"text\",\"text\":\"\"}}\n\n");
        }
        events.delta("{\"type\":\"text_delta\",\"text\":", out).value(piece).literal("}}\n\n");
    }

    private void thinking(RawJson piece, JsonOutput out) {
        if (!piece.isEmptyString()) {
            openThinking(out);
            events.delta("{\"type\":\"thinking_delta\",\"thinking\":", out).value(piece).literal("}}\n\n");
        }
    }

    private void openThinking(JsonOutput out) {
        if (open != Open.THINKING) {
            startBlock(Open.THINKING, out)
                    .literal("{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n");
        }
    }

    /// Ends the block: thoughts that follow are others.
    private void signature(RawJson signature, JsonOutput out) {
        openThinking(out);
        events.delta("{\"type\":\"signature_delta\",\"signature\":", out).value(signature).literal("}}\n\n");
        stopBlock(out);
    }

    private void tool(
            int number, @Nullable RawJson id, RawJson name, @Nullable RawJson mark, JsonOutput out) {
        startBlock(Open.TOOL, out).beginObject().member("type", "tool_use");
        tool = number;
        arguments.begin();
        ReplyHead.toolId(id, number, call, out);
        out.member("name", name).member("input", RawJson.EMPTY_OBJECT);
        ReplyHead.mark(mark, out);
        out.endObject().literal("}\n\n");
    }

    private void toolPiece(RawJson piece, JsonOutput out) {
        if (!piece.isEmptyString()) {
            arguments.feed(piece);
            toolDelta(out).value(piece).literal("}}\n\n");
        }
    }

    private void toolArguments(RawJson object, JsonOutput out) {
        arguments.close();
        toolDelta(out).beginString().jsonPiece(object).endString().literal("}}\n\n");
    }

    private JsonOutput toolDelta(JsonOutput out) {
        return events.delta("{\"type\":\"input_json_delta\",\"partial_json\":", out);
    }

    /// A source belongs to the text before it.
    private void cite(RawJson annotation, JsonOutput out) {
        RawJson citation = open == Open.TEXT ? Citations.citation(annotation) : null;
        if (citation != null) {
            citation(citation, out);
        }
    }

    private void citation(RawJson citation, JsonOutput out) {
        if (open == Open.TEXT) {
            cited = true;
            events.delta("{\"type\":\"citations_delta\",\"citation\":", out).value(citation).literal("}}\n\n");
        }
    }

    private void whole(RawJson block, JsonOutput out) {
        startBlock(Open.NONE, out).value(block).literal("}\n\n");
        events.stopBlock(out);
    }

    private JsonOutput startBlock(Open kind, JsonOutput out) {
        stopBlock(out);
        open = kind;
        cited = false;
        return events.startBlock(out);
    }

    private void stopBlock(JsonOutput out) {
        if (open == Open.TOOL && arguments.empty()) {
            arguments.close();
            toolDelta(out).literal("\"{}\"}}\n\n");
        }
        if (open != Open.NONE) {
            open = Open.NONE;
            events.stopBlock(out);
        }
    }

    @Override
    public void end(JsonOutput out) {
        begin(null, null, out);
        while (!waiting.isEmpty()) {
            release(waiting.removeFirst(), out);
        }
        stopBlock(out);
        events.end(StopReason.written(reason), sequence, usage, out);
    }
}
