package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;

/// Tells blocks of a reply that are whole, and counts tool calls and text on the way. Confined to its reader.
final class WholeBlocks {
    private final List<RawJson> citations = new ArrayList<>();
    private int tools;
    private boolean answered;
    private long textLength;
    private long blockStart;

    /// Whether the client's tools were called.
    boolean called() {
        return tools > 0;
    }

    /// Whether the answer came as the call of [ToolNames#ANSWER].
    boolean answered() {
        return answered;
    }

    int nextTool() {
        return tools++;
    }

    void tell(Block block, ChatSink sink) {
        if (block.is("text")) {
            beginText(block, sink);
            endText(sink);
        } else if (block.is("thinking")) {
            thinking(block, sink);
        } else if (block.is("redacted_thinking") && block.data != null) {
            sink.accept(new ChatEvent.RedactedThinking(0, block.data));
        } else if (block.is("tool_use")) {
            toolCall(block, sink);
        } else if (block.type != null) {
            sink.accept(new ChatEvent.Opaque(0, Operation.MESSAGES.label(), block.whole));
        }
    }

    void beginText(Block block, ChatSink sink) {
        blockStart = textLength;
        citations.clear();
        if (block.text != null) {
            text(block.text, sink);
        }
        if (block.citations != null && block.citations.isArray()) {
            JsonCursor cursor = new JsonCursor().over(block.citations);
            cursor.array();
            while (cursor.element()) {
                cite(cursor.raw());
            }
        }
    }

    void text(RawJson piece, ChatSink sink) {
        if (!piece.isEmptyString()) {
            textLength += Citations.length(piece);
            sink.accept(new ChatEvent.TextDelta(0, piece));
        }
    }

    /// Held back until the end of the block is known.
    void cite(RawJson citation) {
        if (citation.isObject()) {
            citations.add(citation.copy());
        }
    }

    void endText(ChatSink sink) {
        for (RawJson citation : citations) {
            sink.accept(new ChatEvent.Cited(0, Citations.annotation(citation, blockStart, textLength)));
        }
        citations.clear();
    }

    private static void thinking(Block block, ChatSink sink) {
        if (block.thinking != null && !block.thinking.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingDelta(0, block.thinking));
        }
        if (block.signature != null && !block.signature.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingSignature(0, block.signature));
        }
    }

    private void toolCall(Block block, ChatSink sink) {
        RawJson input = block.input == null || !block.input.isObject() ? RawJson.EMPTY_OBJECT : block.input;
        if (isAnswer(block)) {
            answered = true;
            text(RawJson.ofText(input.json()), sink);
        } else {
            int tool = startTool(block, sink);
            sink.accept(new ChatEvent.ToolArguments(0, tool, input));
        }
    }

    boolean isAnswer(Block block) {
        boolean answer = JsonWord.is(block.name, ToolNames.ANSWER);
        answered |= answer;
        return answer;
    }

    int startTool(Block block, ChatSink sink) {
        int tool = nextTool();
        RawJson name = block.name == null ? RawJson.EMPTY_STRING : ToolNames.original(block.name);
        sink.accept(new ChatEvent.ToolStarted(0, tool, block.id, name, block.googleSignature()));
        return tool;
    }
}
