package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UrlCitation;
import io.deltallm.codec.dialect.responses.ItemTrack.Thoughts;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells output items as events: what their [ItemTrack] says is still untold. Confined to a reply.
final class ItemEvents {
    private static final RawJson BORDER = RawJson.ofText(ThoughtText.BORDER);

    private int calls;

    /// Whether the reply asks for tools.
    boolean calls() {
        return calls > 0;
    }

    /// The item has begun; a call is told at once.
    void begin(RawJson json, ItemTrack track, ChatSink sink) {
        ItemFields item = ItemFields.read(new JsonCursor().over(json));
        if (item.isCall() && item.name() != null) {
            startCall(item, track, sink);
        }
    }

    /// The item is whole.
    void whole(RawJson json, ItemTrack track, ChatSink sink) {
        if (track.done) {
            return;
        }
        track.done = true;
        ItemFields item = ItemFields.read(new JsonCursor().over(json));
        switch (item.type()) {
            case "message" -> message(item, track, sink);
            case "reasoning" -> reasoning(item, track, sink);
            case "function_call", "custom_tool_call" -> call(item, json, track, sink);
            case "image_generation_call" -> picture(item, json, sink);
            default -> sink.accept(new ChatEvent.Opaque(0, Responses.DIALECT, json));
        }
    }

    private void call(ItemFields item, RawJson json, ItemTrack track, ChatSink sink) {
        if (!item.isCall()) {
            sink.accept(new ChatEvent.Opaque(0, Responses.DIALECT, json));
            return;
        }
        startCall(item, track, sink);
        RawJson arguments = item.input() == null ? item.arguments() : input(item.input());
        if (arguments != null) {
            arguments(arguments, track, sink);
        }
    }

    /// A custom tool takes a text; everyone else's take objects.
    private static RawJson input(RawJson text) {
        return new JsonOutput().beginObject().member("input", text).endObject().toRaw();
    }

    private void startCall(ItemFields item, ItemTrack track, ChatSink sink) {
        if (track.call != ItemTrack.NO_CALL) {
            return;
        }
        RawJson name = item.name();
        if (name == null || !name.isString()) {
            throw BrokenReply.because("The provider calls a function without naming it");
        }
        track.call = calls++;
        RawJson id = item.callId() == null ? item.id() : item.callId();
        sink.accept(new ChatEvent.ToolStarted(0, track.call, string(id), name, item.signature()));
    }

    /// All of a call's arguments, unless they came in pieces. Some hosts give them as an object.
    void arguments(RawJson arguments, ItemTrack track, ChatSink sink) {
        if (track.arguments || track.call == ItemTrack.NO_CALL || arguments.isEmptyString()) {
            return;
        }
        track.arguments = true;
        if (arguments.isObject()) {
            sink.accept(new ChatEvent.ToolArguments(0, track.call, arguments));
        } else if (arguments.isString()) {
            sink.accept(new ChatEvent.ToolDelta(0, track.call, arguments));
        }
    }

    private void message(ItemFields item, ItemTrack track, ChatSink sink) {
        if (item.content() == null) {
            return;
        }
        JsonCursor cursor = new JsonCursor().over(item.content());
        cursor.array();
        while (cursor.element()) {
            part(cursor, track, sink);
        }
    }

    private static void part(JsonCursor cursor, ItemTrack track, ChatSink sink) {
        RawJson text = null;
        RawJson refusal = null;
        RawJson annotations = null;
        RawJson logprobs = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "text" -> text = cursor.rawStringOrNull();
                case "refusal" -> refusal = cursor.rawStringOrNull();
                case "annotations" -> annotations = cursor.raw();
                case "logprobs" -> logprobs = cursor.raw();
                default -> {}
            }
        }
        if (!track.text) {
            if (text != null) {
                sink.accept(new ChatEvent.TextDelta(0, text));
            }
            if (refusal != null) {
                sink.accept(new ChatEvent.RefusalDelta(0, refusal));
            }
            logprobs(logprobs, sink);
        }
        if (!track.cited && annotations != null && annotations.isArray()) {
            citeAll(annotations, sink);
        }
    }

    private static void citeAll(RawJson annotations, ChatSink sink) {
        JsonCursor cursor = new JsonCursor().over(annotations);
        cursor.array();
        while (cursor.element()) {
            cite(cursor.raw(), sink);
        }
    }

    /// A source on the web; what points into files means nothing to other formats.
    static void cite(RawJson annotation, ChatSink sink) {
        RawJson source = annotation.isObject() ? UrlCitation.completed(Annotations.nested(annotation)) : null;
        if (source != null) {
            sink.accept(new ChatEvent.Cited(0, source));
        }
    }

    /// @param logprobs an array; nothing is told of an empty one
    static void logprobs(@Nullable RawJson logprobs, ChatSink sink) {
        if (logprobs != null && logprobs.isArray() && logprobs.length() > 2) {
            JsonOutput chat = new JsonOutput().beginObject().member("content", logprobs).endObject();
            sink.accept(new ChatEvent.Logprobs(0, chat.toRaw()));
        }
    }

    private static void reasoning(ItemFields item, ItemTrack track, ChatSink sink) {
        if (track.thoughts == Thoughts.NONE) {
            thoughts(item.summary(), Thoughts.SUMMARY, track, sink);
        }
        if (track.thoughts == Thoughts.NONE) {
            thoughts(item.content(), Thoughts.TEXT, track, sink);
        }
        RawJson proof = string(item.encrypted());
        if (proof == null || proof.isEmptyString()) {
            return;
        }
        sink.accept(track.thoughts == Thoughts.NONE
                ? new ChatEvent.RedactedThinking(0, proof)
                : new ChatEvent.ThinkingSignature(0, proof));
    }

    private static void thoughts(@Nullable RawJson parts, Thoughts source, ItemTrack track, ChatSink sink) {
        if (parts == null || !parts.isArray()) {
            return;
        }
        JsonCursor cursor = new JsonCursor().over(parts);
        cursor.array();
        while (cursor.element()) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("text") && cursor.isString()) {
                    thought(cursor.rawString(), source, track, sink);
                }
            }
        }
    }

    private static void thought(RawJson text, Thoughts source, ItemTrack track, ChatSink sink) {
        if (text.isEmptyString()) {
            return;
        }
        if (track.thoughts != Thoughts.NONE) {
            sink.accept(new ChatEvent.ThinkingDelta(0, BORDER));
        }
        track.thoughts = source;
        sink.accept(new ChatEvent.ThinkingDelta(0, text));
    }

    /// Between two parts of the summary.
    static void border(ChatSink sink) {
        sink.accept(new ChatEvent.ThinkingDelta(0, BORDER));
    }

    private static void picture(ItemFields item, RawJson json, ChatSink sink) {
        RawJson base64 = string(item.result());
        if (base64 == null) {
            sink.accept(new ChatEvent.Opaque(0, Responses.DIALECT, json));
            return;
        }
        RawJson format = string(item.outputFormat());
        String type = format == null ? "png" : format.text().toLowerCase(Locale.ROOT);
        sink.accept(new ChatEvent.ImageMade(0, "image/" + type, base64));
    }

    private static @Nullable RawJson string(@Nullable RawJson value) {
        return value == null || !value.isString() ? null : value;
    }
}
