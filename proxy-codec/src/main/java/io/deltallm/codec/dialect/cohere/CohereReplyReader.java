package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Reads a plain reply of version 2. Confined to one attempt.
final class CohereReplyReader implements ReplyReader {
    private final JsonCursor cursor = new JsonCursor();

    private @Nullable RawJson id;
    private @Nullable RawJson message;
    private @Nullable Usage usage;
    private @Nullable String reason;
    private int tools;

    @Override
    public void read(Frame frame, ChatSink sink) {
        members(cursor.over(frame.raw()));
        RawJson said = message;
        String ended = reason;
        if (said == null || !said.isObject()) {
            sink.accept(ProviderFailure.inside(500, frame));
            return;
        }
        if (ended == null) {
            throw ProviderFailure.malformed("finish_reason is missing");
        }
        sink.accept(new ChatEvent.Started(id, null));
        message(said, sink);
        if (usage != null) {
            sink.accept(new ChatEvent.Used(usage));
        }
        CohereFinish.tell(ended, tools > 0, null, sink);
    }

    /// A plain reply is one frame.
    @Override
    public void end(ChatSink sink) {}

    private void members(JsonCursor reply) {
        reply.object();
        for (String name = reply.name(); name != null; name = reply.name()) {
            switch (name) {
                case "id" -> id = reply.rawStringOrNull();
                case "message" -> message = reply.raw();
                case "finish_reason" -> reason = reply.stringOrNull();
                case "usage" -> usage = CohereUsage.read(reply);
                default -> {}
            }
        }
    }

    private void message(RawJson said, ChatSink sink) {
        RawJson content = null;
        RawJson calls = null;
        RawJson citations = null;
        cursor.over(said).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "tool_plan" -> CohereText.thought(cursor.rawStringOrNull(), sink);
                case "content" -> content = cursor.raw();
                case "tool_calls" -> calls = cursor.raw();
                case "citations" -> citations = cursor.raw();
                default -> {}
            }
        }
        content(content, sink);
        calls(calls, sink);
        CohereCitations.tell(citations, cursor, sink);
    }

    private void content(@Nullable RawJson content, ChatSink sink) {
        if (content == null || content.isNull()) {
            return;
        }
        if (content.isString()) {
            CohereText.said(content, sink);
            return;
        }
        cursor.over(content).array();
        while (cursor.element()) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "text" -> CohereText.said(cursor.rawStringOrNull(), sink);
                    case "thinking" -> CohereText.thought(cursor.rawStringOrNull(), sink);
                    default -> {}
                }
            }
        }
    }

    private void calls(@Nullable RawJson calls, ChatSink sink) {
        if (calls == null || calls.isNull()) {
            return;
        }
        cursor.over(calls).array();
        while (cursor.element()) {
            CohereCall call = CohereCall.read(cursor);
            if (call.started(tools, sink)) {
                call.arguments(tools, sink);
                tools++;
            } else {
                throw ProviderFailure.malformed("message.tool_calls has a call without a name");
            }
        }
    }
}
