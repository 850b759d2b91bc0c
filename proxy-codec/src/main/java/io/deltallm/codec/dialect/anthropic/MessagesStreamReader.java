package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a streamed reply: `message_start`, blocks one after the other, `message_delta`, `message_stop`. Events that it
/// does not know pass by. Confined to one attempt.
final class MessagesStreamReader implements ReplyReader {
    private final TokenCounts counts = new TokenCounts();
    private final StreamEvent event = new StreamEvent(counts);
    private final Block block = new Block();
    private final WholeBlocks blocks = new WholeBlocks();

    private Kind open = Kind.NONE;
    private int tool;
    /// What a call's block began with, which counts only if no pieces follow.
    private @Nullable RawJson firstInput;
    private @Nullable GrowingBlock growing;
    private @Nullable FinishReason reason;
    private @Nullable RawJson sequence;
    private boolean stopped;
    private boolean failed;

    /// What the open block is.
    private enum Kind {
        NONE,
        TEXT,
        THINKING,
        /// A call of a tool of the client's.
        TOOL,
        /// The call whose arguments are the answer.
        ANSWER,
        /// Carried verbatim.
        OPAQUE
    }

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (failed || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        if (frame.event().startsWith("!")) {
            fail(AnthropicErrors.ofException(frame.event().substring(1), frame), sink);
            return;
        }
        event.read(frame);
        if (event.is("content_block_delta")) {
            delta(sink);
        } else if (event.is("content_block_start")) {
            endBlock(sink);
            startBlock(sink);
        } else if (event.is("content_block_stop")) {
            endBlock(sink);
        } else if (event.is("message_start")) {
            begin(sink);
        } else if (event.is("message_delta")) {
            stop(sink);
        } else if (event.is("message_stop")) {
            finish(sink);
        } else if (event.is("error")) {
            fail(AnthropicErrors.inReply(event.error), sink);
        }
    }

    /// The event that was read last: a view of its frame.
    StreamEvent event() {
        return event;
    }

    private void fail(GatewayError error, ChatSink sink) {
        failed = true;
        sink.accept(new ChatEvent.Failed(error));
    }

    private void begin(ChatSink sink) {
        RawJson id = null;
        RawJson model = null;
        if (event.message != null) {
            JsonCursor message = new JsonCursor().over(event.message);
            message.object();
            for (String name = message.name(); name != null; name = message.name()) {
                switch (name) {
                    case "id" -> id = message.rawStringOrNull();
                    case "model" -> model = message.rawStringOrNull();
                    case "usage" -> counts.read(message);
                    default -> {}
                }
            }
        }
        sink.accept(new ChatEvent.Started(id, model));
        used(counts.stated(), sink);
    }

    private void used(boolean stated, ChatSink sink) {
        if (stated) {
            sink.accept(new ChatEvent.Used(counts.usage()));
        }
    }

    private void startBlock(ChatSink sink) {
        if (event.contentBlock == null) {
            return;
        }
        block.read(event.contentBlock);
        if (block.is("text")) {
            open = Kind.TEXT;
            blocks.beginText(block, sink);
        } else if (block.is("thinking")) {
            open = Kind.THINKING;
            blocks.tell(block, sink);
        } else if (block.is("redacted_thinking")) {
            blocks.tell(block, sink);
        } else if (block.is("tool_use")) {
            startTool(sink);
        } else {
            open = Kind.OPAQUE;
            growing = new GrowingBlock(block.whole);
        }
    }

    private void startTool(ChatSink sink) {
        firstInput = block.input == null || !block.input.isObject() ? null : block.input.copy();
        if (blocks.isAnswer(block)) {
            open = Kind.ANSWER;
        } else {
            open = Kind.TOOL;
            tool = blocks.startTool(block, sink);
        }
    }

    private void delta(ChatSink sink) {
        RawJson piece = event.piece;
        if (event.isDelta("citations_delta") && event.citation != null) {
            blocks.cite(event.citation);
        } else if (piece != null && !piece.isEmptyString()) {
            piece(piece, sink);
        }
    }

    private void piece(RawJson piece, ChatSink sink) {
        switch (open) {
            case TEXT -> blocks.text(piece, sink);
            case THINKING -> sink.accept(
                    event.isDelta("signature_delta")
                            ? new ChatEvent.ThinkingSignature(0, piece)
                            : new ChatEvent.ThinkingDelta(0, piece));
            case TOOL -> {
                firstInput = null;
                sink.accept(new ChatEvent.ToolDelta(0, tool, piece));
            }
            case ANSWER -> {
                firstInput = null;
                blocks.text(piece, sink);
            }
            case OPAQUE -> grow(piece);
            case NONE -> looseDelta(piece, sink);
        }
    }

    /// Some who copied the format forget to begin a text's block.
    private void looseDelta(RawJson piece, ChatSink sink) {
        if (event.isDelta("text_delta")) {
            blocks.text(piece, sink);
        } else if (event.isDelta("thinking_delta")) {
            sink.accept(new ChatEvent.ThinkingDelta(0, piece));
        }
    }

    private void grow(RawJson piece) {
        if (growing == null) {
            return;
        }
        if (event.isDelta("input_json_delta")) {
            growing.input(piece);
        } else {
            growing.content(piece);
        }
    }

    private void endBlock(ChatSink sink) {
        switch (open) {
            case TEXT -> blocks.endText(sink);
            case TOOL -> {
                if (firstInput != null) {
                    sink.accept(new ChatEvent.ToolArguments(0, tool, firstInput));
                }
            }
            case ANSWER -> {
                if (firstInput != null) {
                    blocks.text(RawJson.ofText(firstInput.json()), sink);
                }
            }
            case OPAQUE -> {
                if (growing != null) {
                    sink.accept(new ChatEvent.Opaque(0, Operation.MESSAGES.label(), growing.whole()));
                }
            }
            case NONE, THINKING -> {}
        }
        open = Kind.NONE;
        firstInput = null;
        growing = null;
    }

    /// What is told only with `message_stop`: there Bedrock says that one of its guardrails intervened, and counts.
    private void stop(ChatSink sink) {
        if (event.stopReason == null || reason != null) {
            used(event.counted && counts.stated(), sink);
            return;
        }
        endBlock(sink);
        reason = StopReason.read(event.stopReason, blocks.called(), blocks.answered());
        sequence = event.stopSequence == null ? null : event.stopSequence.copy();
        StopReason.explain(reason, event.stopDetails, sink);
    }

    private void finish(ChatSink sink) {
        if (reason != null && !stopped) {
            stopped = true;
            FinishReason told = event.guarded ? FinishReason.CONTENT_FILTER : reason;
            sink.accept(new ChatEvent.Stopped(0, told, sequence));
            used(counts.stated(), sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (failed) {
            return;
        }
        finish(sink);
        if (!stopped) {
            fail(GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before its answer did"), sink);
        }
    }
}
