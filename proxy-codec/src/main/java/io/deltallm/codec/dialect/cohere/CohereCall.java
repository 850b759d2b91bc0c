package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// One call of a tool, or a piece of it, as version 2 has it: `{id, function: {name, arguments}}`.
record CohereCall(@Nullable RawJson id, @Nullable RawJson name, @Nullable RawJson arguments) {

    static CohereCall read(JsonCursor cursor) {
        RawJson id = null;
        RawJson name = null;
        RawJson arguments = null;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            if (member.equals("id")) {
                id = cursor.rawStringOrNull();
            } else if (member.equals("function")) {
                cursor.object();
                for (String inner = cursor.name(); inner != null; inner = cursor.name()) {
                    switch (inner) {
                        case "name" -> name = cursor.rawStringOrNull();
                        case "arguments" -> arguments = cursor.raw();
                        default -> {}
                    }
                }
            }
        }
        return new CohereCall(id, name, arguments);
    }

    /// Tells that the call begins; false where it has no name.
    boolean started(int tool, ChatSink sink) {
        RawJson called = name;
        if (called == null || called.isEmptyString()) {
            return false;
        }
        sink.accept(new ChatEvent.ToolStarted(0, tool, id, called, null));
        return true;
    }

    void arguments(int tool, ChatSink sink) {
        RawJson piece = arguments;
        if (piece == null || piece.isEmptyString()) {
            return;
        }
        if (piece.isString()) {
            sink.accept(new ChatEvent.ToolDelta(0, tool, piece));
        } else if (piece.isObject()) {
            sink.accept(new ChatEvent.ToolArguments(0, tool, piece));
        }
    }
}
