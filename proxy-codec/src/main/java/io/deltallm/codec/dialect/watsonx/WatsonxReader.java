package io.deltallm.codec.dialect.watsonx;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a reply: chats answer with `choices`, text generation with `results`. Confined to one attempt.
final class WatsonxReader implements ReplyReader {
    private final boolean streamed;
    private final JsonCursor cursor = new JsonCursor();
    private final WatsonxChoices choices = new WatsonxChoices(cursor);
    private final WatsonxResults results = new WatsonxResults(cursor);

    private @Nullable RawJson id;
    private @Nullable RawJson model;
    private @Nullable RawJson body;
    private boolean generation;
    private boolean started;
    private boolean failed;

    WatsonxReader(boolean streamed) {
        this.streamed = streamed;
    }

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (failed || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        id = null;
        model = null;
        body = null;
        members(frame);
        if (body == null) {
            failed = true;
            sink.accept(ProviderFailure.inside(500, frame));
            return;
        }
        if (!started) {
            started = true;
            sink.accept(new ChatEvent.Started(id, model));
        }
        if (generation) {
            results.tell(body, sink);
        } else {
            choices.tell(body, sink);
        }
        if (!streamed) {
            finish(sink);
        }
    }

    /// Usage comes behind the choices' ends, so the end of it all is told last.
    @Override
    public void end(ChatSink sink) {
        if (streamed && !failed) {
            finish(sink);
        }
    }

    private void finish(ChatSink sink) {
        boolean whole = generation ? results.finish(sink) : choices.finish(sink);
        if (!whole) {
            sink.accept(ProviderFailure.cutShort());
        }
    }

    private void members(Frame frame) {
        cursor.over(frame.raw()).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "id" -> id = cursor.rawStringOrNull();
                case "model_id" -> model = cursor.rawStringOrNull();
                case "choices" -> body = cursor.raw();
                case "results" -> {
                    generation = true;
                    body = cursor.raw();
                }
                case "usage" -> choices.usage();
                default -> {}
            }
        }
    }
}
