package io.deltallm.codec.dialect.replicate;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;

/// Reads a prediction's stream: events `output` with bare text, then `done`. Confined to one attempt.
final class ReplicateStreamReader implements ReplyReader {
    private final JsonOutput quoted = new JsonOutput();

    private boolean started;
    private boolean ended;

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (ended) {
            return;
        }
        switch (frame.event()) {
            case "output" -> output(frame, sink);
            case "error" -> {
                ended = true;
                sink.accept(ProviderFailure.inside(500, frame));
            }
            case "done" -> {
                ended = true;
                done(frame, sink);
            }
            default -> {}
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!ended) {
            sink.accept(ProviderFailure.cutShort());
        }
    }

    private void output(Frame frame, ChatSink sink) {
        start(sink);
        if (!frame.isEmpty()) {
            RawJson text = quoted.clear().beginString().jsonPiece(frame.raw()).endString().toRaw();
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
    }

    private void start(ChatSink sink) {
        if (!started) {
            started = true;
            sink.accept(new ChatEvent.Started(null, null));
        }
    }

    /// An end that is no success has a reason; a failure's words came before, as an event of their own.
    private void done(Frame frame, ChatSink sink) {
        String reason = reason(frame);
        if (reason.isEmpty()) {
            start(sink);
            sink.accept(new ChatEvent.Stopped(0, FinishReason.STOP, null));
        } else {
            sink.accept(new ChatEvent.Failed(
                    GatewayError.of(ErrorCode.PROVIDER_FAILED, "The prediction ended by: " + reason)));
        }
    }

    private static String reason(Frame frame) {
        if (frame.isEmpty()) {
            return "";
        }
        JsonCursor cursor = new JsonCursor().over(frame.raw());
        if (cursor.kind() != JsonKind.OBJECT) {
            return "";
        }
        String reason = "";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("reason") && !cursor.isNull()) {
                reason = cursor.anyText();
            }
        }
        return reason;
    }
}
