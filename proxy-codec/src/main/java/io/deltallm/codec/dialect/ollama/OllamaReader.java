package io.deltallm.codec.dialect.ollama;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads a reply: a plain one is the same object as a line of a stream, with all in it. Confined to one attempt.
final class OllamaReader implements ReplyReader {
    private static final long UNKNOWN = -1;

    private final JsonCursor cursor = new JsonCursor();

    private @Nullable RawJson model;
    private @Nullable RawJson text;
    private @Nullable RawJson thoughts;
    private @Nullable RawJson calls;
    private boolean known;
    private boolean done;
    private boolean cutByLength;
    private long prompt = UNKNOWN;
    private long completion = UNKNOWN;

    private boolean started;
    private boolean ended;
    private int tools;

    @Override
    public void read(Frame frame, ChatSink sink) {
        if (ended) {
            return;
        }
        model = null;
        text = null;
        thoughts = null;
        calls = null;
        known = false;
        members(frame);
        if (!known) {
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
                case "model" -> model = cursor.rawStringOrNull();
                case "message" -> message();
                case "done" -> {
                    known = true;
                    done = cursor.booleanValue();
                }
                case "done_reason" -> cutByLength = "length".equals(cursor.stringOrNull());
                case "prompt_eval_count" -> prompt = cursor.count();
                case "eval_count" -> completion = cursor.count();
                case "error" -> {
                    known = false;
                    return;
                }
                default -> {}
            }
        }
    }

    private void message() {
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        known = true;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "content" -> text = cursor.rawStringOrNull();
                case "thinking" -> thoughts = cursor.rawStringOrNull();
                case "tool_calls" -> calls = cursor.raw();
                default -> {}
            }
        }
    }

    private void tell(ChatSink sink) {
        if (!started) {
            started = true;
            sink.accept(new ChatEvent.Started(null, model));
        }
        if (thoughts != null && !thoughts.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingDelta(0, thoughts));
        }
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
        calls(sink);
        if (done) {
            ended = true;
            usage(sink);
            sink.accept(new ChatEvent.Stopped(0, reason(), null));
        }
    }

    /// Versions leave out the prompt's count where it was in their cache: the rest is told, as no whole account.
    private void usage(ChatSink sink) {
        if (completion != UNKNOWN) {
            long read = Math.max(prompt, 0);
            boolean partial = prompt == UNKNOWN;
            sink.accept(new ChatEvent.Used(Usage.of(read, completion, read + completion, 0, 0, partial)));
        }
    }

    private FinishReason reason() {
        if (cutByLength) {
            return FinishReason.LENGTH;
        }
        return tools > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    }

    private void calls(ChatSink sink) {
        if (calls == null || !calls.isArray()) {
            return;
        }
        cursor.over(calls).array();
        while (cursor.element()) {
            RawJson id = null;
            cursor.object();
            RawJson function = null;
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "id" -> id = cursor.rawStringOrNull();
                    case "function" -> function = cursor.raw();
                    default -> {}
                }
            }
            call(id, function, sink);
        }
    }

    private void call(@Nullable RawJson id, @Nullable RawJson function, ChatSink sink) {
        RawJson called = null;
        RawJson arguments = null;
        if (function != null) {
            JsonCursor inner = new JsonCursor().over(function);
            inner.object();
            for (String name = inner.name(); name != null; name = inner.name()) {
                switch (name) {
                    case "name" -> called = inner.rawString();
                    case "arguments" -> arguments = inner.raw();
                    default -> {}
                }
            }
        }
        if (called == null) {
            throw ProviderFailure.malformed("message.tool_calls has a call without a name");
        }
        sink.accept(new ChatEvent.ToolStarted(0, tools, id == null || id.isEmptyString() ? null : id, called, null));
        if (arguments != null && arguments.isObject()) {
            sink.accept(new ChatEvent.ToolArguments(0, tools, arguments));
        } else if (arguments != null && arguments.isString() && !arguments.isEmptyString()) {
            sink.accept(new ChatEvent.ToolDelta(0, tools, arguments));
        }
        tools++;
    }
}
