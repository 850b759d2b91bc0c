package io.deltallm.codec.dialect.tgi;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a streamed reply: an event a token; the last one has the whole text too, which is ignored. Confined to one
/// attempt.
final class TgiStreamReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();

    private @Nullable RawJson text;
    private @Nullable TgiDetails details;
    private boolean special;
    private boolean token;
    private boolean last;
    private boolean started;
    private boolean ended;

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (ended || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        text = null;
        special = false;
        token = false;
        last = false;
        members(frame);
        if (!token) {
            ended = true;
            sink.accept(ProviderFailure.inside(500, frame));
            return;
        }
        tell(sink);
    }

    @Override
    public void end(ChatSink sink) {
        if (!ended) {
            sink.accept(ProviderFailure.cutShort());
        }
    }

    private void members(Frame frame) {
        cursor.over(frame.raw()).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "token" -> token();
                case "generated_text" -> last = !cursor.isNull();
                case "details" -> details = TgiDetails.read(cursor);
                default -> {}
            }
        }
    }

    private void token() {
        token = true;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "text" -> text = cursor.rawStringOrNull();
                case "special" -> special = cursor.booleanValue();
                default -> {}
            }
        }
    }

    private void tell(ChatSink sink) {
        if (!started) {
            started = true;
            sink.accept(new ChatEvent.Started(null, null));
        }
        // Special tokens, as `</s>`, are the model's grammar, not its answer.
        if (text != null && !special && !text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
        if (details != null) {
            ended = true;
            details.tell(sink);
        } else if (last) {
            ended = true;
            sink.accept(new ChatEvent.Stopped(0, FinishReason.STOP, null));
        }
    }
}
