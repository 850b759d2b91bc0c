package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads a streamed reply of version 2. Confined to one attempt.
///
/// All that an event carries stands at `delta.message`, in members whose names say what it is; `content` and
/// `tool_calls` are objects there, not arrays as in a plain reply.
final class CohereStreamReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor nested = new JsonCursor();

    private @Nullable RawJson id;
    private @Nullable Usage usage;
    private @Nullable String reason;
    private @Nullable String error;
    private boolean started;
    private boolean ended;
    private int tool = -1;

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (ended || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        id = null;
        reason = null;
        boolean known = members(frame, sink);
        if (!known) {
            ended = true;
            sink.accept(ProviderFailure.inside(500, frame));
            return;
        }
        if (!started && id != null) {
            started = true;
            sink.accept(new ChatEvent.Started(id, null));
        }
        if (reason != null) {
            ended = true;
            if (usage != null) {
                sink.accept(new ChatEvent.Used(usage));
            }
            CohereFinish.tell(reason, tool >= 0, error, sink);
        }
    }

    @Override
    public void end(ChatSink sink) {
        if (!ended) {
            sink.accept(ProviderFailure.cutShort());
        }
    }

    /// Whether the frame is an event: what has neither a type nor a delta is an error's body.
    private boolean members(Frame frame, ChatSink sink) {
        boolean event = false;
        cursor.over(frame.raw()).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "id" -> id = cursor.rawStringOrNull();
                case "type" -> event = true;
                case "delta" -> {
                    event = true;
                    delta(sink);
                }
                default -> {}
            }
        }
        return event;
    }

    private void delta(ChatSink sink) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "message" -> message(sink);
                case "finish_reason" -> reason = cursor.stringOrNull();
                case "usage" -> usage = CohereUsage.read(cursor);
                case "error" -> error = cursor.anyText();
                default -> {}
            }
        }
    }

    private void message(ChatSink sink) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "tool_plan" -> CohereText.thought(cursor.rawStringOrNull(), sink);
                case "content" -> content(sink);
                case "tool_calls" -> call(sink);
                case "citations" -> CohereCitations.tell(cursor.raw(), nested, sink);
                default -> {}
            }
        }
    }

    private void content(ChatSink sink) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "text" -> CohereText.said(cursor.rawStringOrNull(), sink);
                case "thinking" -> CohereText.thought(cursor.rawStringOrNull(), sink);
                default -> {}
            }
        }
    }

    /// A name begins a call; what follows without one belongs to it.
    private void call(ChatSink sink) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        CohereCall call = CohereCall.read(cursor);
        if (call.started(tool + 1, sink)) {
            tool++;
        }
        if (tool >= 0) {
            call.arguments(tool, sink);
        }
    }
}
