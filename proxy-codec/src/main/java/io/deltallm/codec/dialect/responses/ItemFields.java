package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// An output item of a provider's. Its members are views.
record ItemFields(
        String type,
        @Nullable RawJson id,
        @Nullable RawJson callId,
        @Nullable RawJson name,
        @Nullable RawJson arguments,
        @Nullable RawJson input,
        @Nullable RawJson summary,
        @Nullable RawJson content,
        @Nullable RawJson encrypted,
        @Nullable RawJson result,
        @Nullable RawJson outputFormat,
        @Nullable RawJson signature) {
    private static final String SEARCH_OF_XAI = "\"xs_call_";

    static ItemFields read(JsonCursor cursor) {
        String type = "";
        RawJson id = null;
        RawJson callId = null;
        RawJson name = null;
        RawJson arguments = null;
        RawJson input = null;
        RawJson summary = null;
        RawJson content = null;
        RawJson encrypted = null;
        RawJson result = null;
        RawJson format = null;
        RawJson signature = null;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            if (cursor.isNull()) {
                continue;
            }
            switch (member) {
                case "type" -> type = cursor.string();
                case "id" -> id = cursor.raw();
                case "call_id" -> callId = cursor.raw();
                case "name" -> name = cursor.raw();
                case "arguments" -> arguments = cursor.raw();
                case "input" -> input = cursor.raw();
                case "summary" -> summary = cursor.raw();
                case "content" -> content = cursor.raw();
                case "encrypted_content" -> encrypted = cursor.raw();
                case "result" -> result = cursor.raw();
                case "output_format" -> format = cursor.raw();
                case "extra_content" -> signature = signature(cursor);
                default -> {}
            }
        }
        return new ItemFields(
                type, id, callId, name, arguments, input, summary, content, encrypted, result, format, signature);
    }

    /// Whether the client has to answer it. xAI tells so of searches of its own, too.
    boolean isCall() {
        return switch (type) {
            case "function_call" -> true;
            case "custom_tool_call" -> callId == null || !callId.json().startsWith(SEARCH_OF_XAI);
            default -> false;
        };
    }

    /// `{"google":{"thought_signature":"…"}}`
    private static @Nullable RawJson signature(JsonCursor cursor) {
        RawJson signature = null;
        if (cursor.kind() != JsonKind.OBJECT) {
            return null;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("google")) {
                signature = signature(cursor);
            } else if (name.equals("thought_signature") && cursor.isString()) {
                signature = cursor.rawString();
            }
        }
        return signature;
    }
}
