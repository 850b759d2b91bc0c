package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;

/// Reads a plain chat completion. Confined to one attempt.
final class ChatCompletionsReplyReader implements ReplyReader {
    private final ReplyEnvelope envelope = new ReplyEnvelope(false);

    @Override
    public void read(Frame frame, ChatSink sink) {
        envelope.read(frame.raw(), sink);
        if (!envelope.failed()) {
            // What is whole by its framing ends even where the host does not say why it did.
            envelope.closeAll(sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!envelope.failed() && !envelope.ended()) {
            sink.accept(new ChatEvent.Failed(
                    GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a reply without an answer.")));
        }
    }
}
