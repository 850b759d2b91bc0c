package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent.AudioDelta;
import io.deltallm.codec.chat.ChatEvent.ImageMade;
import io.deltallm.codec.chat.ChatEvent.Logprobs;
import io.deltallm.codec.chat.ChatEvent.Opaque;
import io.deltallm.codec.chat.ChatEvent.Stopped;
import io.deltallm.codec.chat.ChatEvent.TextDelta;
import io.deltallm.codec.chat.ChatEvent.ThinkingDelta;
import io.deltallm.codec.chat.ChatEvent.ThinkingSignature;
import io.deltallm.codec.chat.ChatEvent.ToolArguments;
import io.deltallm.codec.chat.ChatEvent.ToolStarted;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the candidates of a reply, and remembers of each what its pieces told. Confined to one attempt.
final class CandidateReader {
    private static final int MAX_CHOICES = 128;
    private static final String DIALECT = Operation.GENERATE_CONTENT.label();

    /// What one choice told so far.
    private static final class Choice {
        int calls;
        boolean begun;
        final ByteOffsets text = new ByteOffsets();
        /// What was said last: older models say with every piece of a stream that it is the end.
        @Nullable String finish;
    }

    private final boolean streamed;
    private final List<Choice> choices = new ArrayList<>();
    private final JsonCursor cursor = new JsonCursor();
    private final PartFields part = new PartFields();

    private int index;
    private @Nullable RawJson content;
    private @Nullable String finish;
    private @Nullable RawJson grounding;
    private @Nullable RawJson citations;
    private @Nullable RawJson logprobs;

    CandidateReader(boolean streamed) {
        this.streamed = streamed;
    }

    /// Whether there is an answer, whole or not.
    boolean any() {
        return !choices.isEmpty();
    }

    /// Whether there is an answer and every one has said how it ended.
    boolean complete() {
        boolean complete = false;
        for (Choice choice : choices) {
            if (choice.begun && choice.finish == null) {
                return false;
            }
            complete |= choice.finish != null;
        }
        return complete;
    }

    void read(JsonCursor candidates, ChatSink sink) {
        candidates.array();
        for (int position = 0; candidates.element(); position++) {
            outline(candidates, position);
            candidate(sink);
        }
    }

    private void outline(JsonCursor candidates, int position) {
        index = position;
        content = null;
        finish = null;
        grounding = null;
        citations = null;
        logprobs = null;
        candidates.object();
        for (String name = candidates.name(); name != null; name = candidates.name()) {
            switch (name) {
                case "content" -> content = value(candidates);
                case "finishReason" -> finish = candidates.skipNull() ? null : finish(candidates);
                case "index" -> index = index(candidates, position);
                case "groundingMetadata" -> grounding = value(candidates);
                case "citationMetadata" -> citations = value(candidates);
                case "logprobsResult" -> logprobs = value(candidates);
                default -> {}
            }
        }
    }

    private static @Nullable RawJson value(JsonCursor cursor) {
        return cursor.skipNull() ? null : cursor.raw();
    }

    /// One that is unspecified, or empty, says nothing.
    private static @Nullable String finish(JsonCursor cursor) {
        String reason = cursor.anyText();
        return switch (reason) {
            case "", "0", "FINISH_REASON_UNSPECIFIED" -> null;
            default -> reason;
        };
    }

    private static int index(JsonCursor cursor, int position) {
        if (cursor.skipNull()) {
            return position;
        }
        long stated = cursor.longValue();
        if (stated < 0 || stated >= MAX_CHOICES) {
            throw cursor.problem("is " + stated + " (expected: 0 to " + (MAX_CHOICES - 1) + ")");
        }
        return (int) stated;
    }

    private void candidate(ChatSink sink) {
        while (choices.size() <= index) {
            choices.add(new Choice());
        }
        Choice choice = choices.get(index);
        choice.begun = true;
        if (content != null) {
            content(cursor.over(content), choice, sink);
        }
        if (logprobs != null) {
            RawJson read = LogprobsResult.read(logprobs);
            if (read != null) {
                sink.accept(new Logprobs(index, read));
            }
        }
        if (grounding != null) {
            Sources.readGrounding(grounding, index, choice.text, sink);
        }
        if (citations != null) {
            Sources.readCitations(citations, index, choice.text, sink);
        }
        // A plain reply is whole in any case.
        String reason = finish == null && !streamed ? "STOP" : finish;
        choice.finish = reason == null ? choice.finish : reason;
    }

    /// Nothing follows: tells how each answer ended.
    void end(ChatSink sink) {
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            if (choice.finish != null) {
                sink.accept(new Stopped(i, GoogleFinish.read(choice.finish, choice.calls > 0), null));
            }
        }
    }

    private void content(JsonCursor value, Choice choice, ChatSink sink) {
        value.object();
        for (String name = value.name(); name != null; name = value.name()) {
            if (name.equals("parts") && !value.skipNull()) {
                value.array();
                while (value.element()) {
                    part.read(value);
                    part(choice, sink);
                }
            }
        }
    }

    private void part(Choice choice, ChatSink sink) {
        RawJson opaque = part.opaque();
        RawJson signature = part.signature;
        if (opaque != null) {
            sink.accept(new Opaque(index, DIALECT, opaque));
            return;
        }
        if (part.call) {
            call(choice, sink);
            return;
        }
        text(choice, sink);
        media(sink);
        if (signature != null) {
            sink.accept(new ThinkingSignature(index, signature));
        }
    }

    private void text(Choice choice, ChatSink sink) {
        RawJson text = part.text;
        if (text == null || text.isEmptyString()) {
            return;
        }
        if (part.thought) {
            sink.accept(new ThinkingDelta(index, text));
        } else {
            choice.text.add(text);
            sink.accept(new TextDelta(index, text));
        }
    }

    private void call(Choice choice, ChatSink sink) {
        RawJson name = part.name;
        RawJson arguments = part.arguments;
        RawJson id = part.id;
        if (name == null) {
            return;
        }
        int tool = choice.calls++;
        sink.accept(new ToolStarted(index, tool, id == null || id.isEmptyString() ? null : id, name, part.signature));
        sink.accept(new ToolArguments(index, tool, arguments == null ? RawJson.EMPTY_OBJECT : arguments));
    }

    private void media(ChatSink sink) {
        RawJson data = part.data;
        String type = part.mediaType;
        // Sketches on the way to the picture.
        if (data == null || part.thought) {
            return;
        }
        if (type == null || type.startsWith("image/")) {
            sink.accept(new ImageMade(index, type == null ? "image/png" : type, data));
        } else if (type.startsWith("audio/")) {
            sink.accept(new AudioDelta(index, data, null));
        } else {
            JsonOutput block = new JsonOutput().beginObject().name("inlineData").beginObject();
            block.member("mimeType", type).member("data", data).endObject().endObject();
            sink.accept(new Opaque(index, DIALECT, block.toRaw()));
        }
    }
}
