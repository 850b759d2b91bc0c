package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.openai.OpenAiErrorReader;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// A response object: the whole of a plain reply, or what the first and last events of a stream hold. Its members are views.
record ResponseFields(
        @Nullable RawJson id,
        @Nullable RawJson model,
        String status,
        @Nullable RawJson error,
        String incompleteReason,
        @Nullable RawJson output,
        @Nullable RawJson usage) {

    static ResponseFields read(JsonCursor cursor) {
        RawJson id = null;
        RawJson model = null;
        String status = "";
        RawJson error = null;
        String reason = "";
        RawJson output = null;
        RawJson usage = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (cursor.isNull()) {
                continue;
            }
            switch (name) {
                case "id" -> id = cursor.rawString();
                case "model" -> model = cursor.rawString();
                case "status" -> status = cursor.string();
                case "error" -> error = cursor.raw();
                case "incomplete_details" -> reason = reason(cursor);
                case "output" -> output = cursor.raw();
                case "usage" -> usage = cursor.raw();
                default -> {}
            }
        }
        return new ResponseFields(id, model, status, error, reason, output, usage);
    }

    private static String reason(JsonCursor cursor) {
        String reason = "";
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("reason") && cursor.isString()) {
                reason = cursor.string();
            }
        }
        return reason;
    }

    ChatEvent.Started started() {
        return new ChatEvent.Started(id == null || id.isEmptyString() ? null : id, model);
    }

    /// Tells what was used, and how the reply ended.
    ///
    /// @param ended its status, or what the event says
    /// @param calls whether it asks for tools
    void end(String ended, boolean calls, ChatSink sink) {
        if (usage != null) {
            sink.accept(new ChatEvent.Used(UsageReading.read(new JsonCursor().over(usage))));
        }
        switch (ended) {
            case "completed" -> stop(calls ? FinishReason.TOOL_CALLS : FinishReason.STOP, sink);
            case "incomplete" -> stop(
                    incompleteReason.equals("content_filter") ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH, sink);
            case "failed" -> fail(sink);
            case "cancelled" -> sink.accept(new ChatEvent.Failed(BrokenReply.error("The provider cancelled its reply")));
            default -> sink.accept(new ChatEvent.Failed(
                    BrokenReply.error("The provider's reply has not ended: its status is \"" + ended + "\"")));
        }
    }

    private static void stop(FinishReason reason, ChatSink sink) {
        sink.accept(new ChatEvent.Stopped(0, reason, null));
    }

    private void fail(ChatSink sink) {
        sink.accept(new ChatEvent.Failed(
                error == null ? BrokenReply.error("The provider's reply failed") : OpenAiErrorReader.inReply(error)));
    }
}
