package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Reads what an answer says: a `delta` of a stream, or the `message` of a plain reply. Thoughts are told before text, and
/// text before calls, in whatever order the members stand. Confined to one attempt.
final class AnswerReader {
    private final int choice;
    private final ThoughtReader thoughts;
    private final ToolCallReader calls;
    private final AttachmentReader attachments;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonCursor list = new JsonCursor();

    private @Nullable RawJson content;
    private @Nullable RawJson refusal;
    private @Nullable RawJson toolCalls;
    private @Nullable RawJson functionCall;
    private @Nullable RawJson annotations;
    private @Nullable RawJson audio;
    private @Nullable RawJson images;
    private boolean said;

    AnswerReader(int choice) {
        this.choice = choice;
        this.thoughts = new ThoughtReader(choice);
        this.calls = new ToolCallReader(choice);
        this.attachments = new AttachmentReader(choice);
    }

    /// @param whole whether it is the message from its beginning to its end
    void read(RawJson object, boolean whole, ChatSink sink) {
        members(object);
        thoughts.tell(whole, sink);
        if (content != null) {
            content(content, sink);
        }
        if (refusal != null) {
            sink.accept(new ChatEvent.RefusalDelta(choice, refusal));
        }
        if (toolCalls != null) {
            calls.read(toolCalls, sink);
        }
        if (functionCall != null) {
            calls.readFunction(functionCall, sink);
        }
        attachments.tell(said, annotations, audio, images, sink);
    }

    private void members(RawJson object) {
        content = refusal = toolCalls = functionCall = annotations = audio = images = null;
        thoughts.begin();
        cursor.over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "content" -> content = cursor.isNull() ? null : cursor.raw();
                case "reasoning_content", "reasoning", "reasoning_text" -> thoughts.text(cursor);
                case "reasoning_details" -> thoughts.details(cursor);
                case "thinking_blocks" -> thoughts.blocks(cursor);
                case "refusal" -> refusal = filled(cursor);
                case "tool_calls" -> toolCalls = of(JsonKind.ARRAY);
                case "function_call" -> functionCall = of(JsonKind.OBJECT);
                case "annotations" -> annotations = of(JsonKind.ARRAY);
                case "audio" -> audio = of(JsonKind.OBJECT);
                case "images" -> images = of(JsonKind.ARRAY);
                case "extra_content" -> calls.mark(GoogleMark.read(cursor));
                default -> {}
            }
        }
    }

    private @Nullable RawJson of(JsonKind kind) {
        return cursor.kind() == kind ? cursor.raw() : null;
    }

    /// A string with something in it.
    static @Nullable RawJson filled(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.STRING) {
            return null;
        }
        RawJson text = cursor.rawString();
        return text.isEmptyString() ? null : text;
    }

    private void content(RawJson value, ChatSink sink) {
        if (value.isString()) {
            text(value, sink);
        } else if (value.isArray()) {
            list.over(value);
            list.array();
            while (list.element()) {
                piece(list, sink);
            }
        } else {
            // Cloudflare answers a wish for JSON with JSON, not with a text of it.
            text(new JsonOutput().beginString().jsonPiece(value).endString().toRaw(), sink);
        }
    }

    private void text(RawJson text, ChatSink sink) {
        if (!text.isEmptyString()) {
            said = true;
            sink.accept(new ChatEvent.TextDelta(choice, text));
        }
    }

    /// A piece of Mistral's and Databricks' lists: text, or thoughts under either host's names.
    private void piece(JsonCursor piece, ChatSink sink) {
        if (piece.kind() != JsonKind.OBJECT) {
            return;
        }
        piece.object();
        for (String name = piece.name(); name != null; name = piece.name()) {
            switch (name) {
                case "text" -> {
                    if (piece.isString()) {
                        text(piece.rawString(), sink);
                    }
                }
                case "thinking", "summary" -> thoughts.piece(piece, sink);
                case "signature" -> thoughts.proof(piece, sink);
                default -> {}
            }
        }
    }

    /// The answer has ended.
    void end(ChatSink sink) {
        calls.end(sink);
        attachments.end(sink);
    }

    /// @param results what a search has found for the answer, an array
    void found(RawJson results) {
        attachments.found(results);
    }

    boolean calledTools() {
        return calls.any();
    }
}
