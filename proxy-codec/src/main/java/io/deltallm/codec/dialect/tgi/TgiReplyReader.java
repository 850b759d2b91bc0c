package io.deltallm.codec.dialect.tgi;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads a plain reply: an object, or an array with one in it. Confined to one attempt.
final class TgiReplyReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();
    private @Nullable RawJson text;
    private @Nullable TgiDetails details;

    @Override
    public void read(Frame frame, ChatSink sink) {
        cursor.over(frame.raw());
        if (cursor.kind() == JsonKind.ARRAY) {
            cursor.array();
            if (!cursor.element()) {
                throw ProviderFailure.malformed("an empty array");
            }
        }
        members();
        RawJson generated = text;
        if (generated == null) {
            sink.accept(ProviderFailure.inside(500, frame));
            return;
        }
        sink.accept(new ChatEvent.Started(null, null));
        if (!generated.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, generated));
        }
        if (details == null) {
            sink.accept(new ChatEvent.Stopped(0, FinishReason.STOP, null));
        } else {
            details.tell(sink);
        }
    }

    /// A plain reply is one frame.
    @Override
    public void end(ChatSink sink) {}

    private void members() {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "generated_text" -> text = cursor.rawStringOrNull();
                case "details" -> details = TgiDetails.read(cursor);
                default -> {}
            }
        }
    }
}
