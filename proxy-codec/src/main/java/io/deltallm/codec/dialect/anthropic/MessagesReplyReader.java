package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a plain reply. Confined to one attempt.
final class MessagesReplyReader implements ReplyReader {
    private final TokenCounts counts = new TokenCounts();
    private final WholeBlocks blocks = new WholeBlocks();

    private @Nullable RawJson id;
    private @Nullable RawJson model;
    private @Nullable RawJson content;
    private @Nullable RawJson stopReason;
    private @Nullable RawJson stopSequence;
    private @Nullable RawJson stopDetails;
    private @Nullable RawJson error;
    private boolean guarded;

    @Override
    public void read(Frame frame, ChatSink sink) {
        JsonCursor body = new JsonCursor().over(frame.bytes(), frame.start(), frame.end());
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (!body.skipNull()) {
                member(name, body);
            }
        }
        if (error != null) {
            sink.accept(new ChatEvent.Failed(AnthropicErrors.inReply(error)));
            return;
        }
        if (content == null || !content.isArray()) {
            throw new Refused(GatewayError.of(
                    ErrorCode.UPSTREAM_PROTOCOL, "The provider's reply is no message: it has no list of content"));
        }
        tell(content, sink);
    }

    private void member(String name, JsonCursor body) {
        switch (name) {
            case "id" -> id = body.rawString();
            case "model" -> model = body.rawString();
            case "content" -> content = body.raw();
            case "stop_reason" -> stopReason = body.rawString();
            case "stop_sequence" -> stopSequence = body.rawString();
            case "stop_details" -> stopDetails = body.raw();
            case "usage" -> counts.read(body);
            case "error" -> error = body.raw();
            case StreamEvent.GUARDRAIL -> guarded = JsonWord.is(body.raw(), StreamEvent.INTERVENED);
            default -> {}
        }
    }

    private void tell(RawJson list, ChatSink sink) {
        sink.accept(new ChatEvent.Started(id, model));
        JsonCursor cursor = new JsonCursor().over(list);
        Block block = new Block();
        cursor.array();
        while (cursor.element()) {
            blocks.tell(block.read(cursor.raw()), sink);
        }
        FinishReason reason = StopReason.read(stopReason, blocks.called(), blocks.answered());
        StopReason.explain(reason, stopDetails, sink);
        sink.accept(new ChatEvent.Stopped(0, guarded ? FinishReason.CONTENT_FILTER : reason, stopSequence));
        if (counts.stated()) {
            sink.accept(new ChatEvent.Used(counts.usage()));
        }
    }

    /// The body was whole, or not to be read.
    @Override
    public void end(ChatSink sink) {}
}
