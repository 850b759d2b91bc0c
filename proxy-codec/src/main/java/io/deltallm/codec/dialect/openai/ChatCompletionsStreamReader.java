package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;

/// Reads a streamed chat completion, chunk by chunk. Confined to one attempt.
///
/// The stream has said how it ended once each answer has a `finish_reason`, or `[DONE]` came: several hosts send no
/// `[DONE]`, and others no reason.
final class ChatCompletionsStreamReader implements ReplyReader {
    private final ReplyEnvelope envelope = new ReplyEnvelope(true);

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (frame.isEmpty() || envelope.failed()) {
            return;
        }
        if (frame.is("[DONE]")) {
            envelope.closeAll(sink);
        } else if (frame.event().equals("error")) {
            envelope.fail(frame.raw(), sink);
        } else {
            envelope.read(frame.raw(), sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!envelope.failed() && !envelope.ended()) {
            sink.accept(new ChatEvent.Failed(GatewayError.of(
                    ErrorCode.UPSTREAM_CLOSED, "The provider's stream ended in the middle of the answer.")));
        }
    }
}
