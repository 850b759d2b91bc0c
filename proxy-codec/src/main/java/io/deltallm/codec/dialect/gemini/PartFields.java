package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// What one part says, of a request or a reply. Confined to its reader and used again for the next part; the values are
/// views of what was read.
final class PartFields {
    @Nullable RawJson text;
    boolean thought;
    @Nullable RawJson signature;

    /// Of a `functionCall` or a `functionResponse`.
    boolean call;

    boolean response;
    @Nullable RawJson id;
    @Nullable RawJson name;
    @Nullable RawJson arguments;
    @Nullable RawJson answer;
    @Nullable RawJson answerParts;

    /// Of `inlineData` or `fileData`.
    @Nullable RawJson data;

    @Nullable RawJson fileUri;
    @Nullable String mediaType;

    /// Of a part that no other format has.
    @Nullable String otherName;

    @Nullable RawJson other;

    void read(JsonCursor cursor) {
        clear();
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "text" -> text = cursor.rawStringOrNull();
                case "thought" -> thought = Boolean.TRUE.equals(cursor.booleanOrNull());
                case "thoughtSignature", "thought_signature" -> signature = cursor.rawStringOrNull();
                case "functionCall", "function_call" -> readCall(cursor);
                case "functionResponse", "function_response" -> readResponse(cursor);
                case "inlineData", "inline_data", "fileData", "file_data" -> readMedia(cursor);
                case "executableCode", "executable_code" -> readOther("executableCode", cursor);
                case "codeExecutionResult", "code_execution_result" -> readOther("codeExecutionResult", cursor);
                case "toolCall", "tool_call" -> readOther("toolCall", cursor);
                case "toolResponse", "tool_response" -> readOther("toolResponse", cursor);
                default -> {}
            }
        }
    }

    private void clear() {
        text = null;
        thought = false;
        signature = null;
        call = false;
        response = false;
        id = null;
        name = null;
        arguments = null;
        answer = null;
        answerParts = null;
        data = null;
        fileUri = null;
        mediaType = null;
        otherName = null;
        other = null;
    }

    private void readCall(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        call = true;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "id" -> id = cursor.rawStringOrNull();
                case "name" -> name = cursor.rawStringOrNull();
                case "args" -> arguments = objectOrNull(cursor);
                default -> {}
            }
        }
        if (name == null) {
            throw cursor.problem("has a functionCall without a name");
        }
    }

    private static @Nullable RawJson objectOrNull(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return null;
        }
        RawJson object = cursor.raw();
        if (!object.isObject()) {
            throw cursor.problem("is no object (expected: an object)");
        }
        return object;
    }

    private void readResponse(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        response = true;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "id" -> id = cursor.rawStringOrNull();
                case "name" -> name = cursor.rawStringOrNull();
                case "response" -> answer = cursor.skipNull() ? null : cursor.raw();
                case "parts" -> answerParts = cursor.skipNull() ? null : cursor.raw();
                default -> {}
            }
        }
    }

    private void readMedia(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return;
        }
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "mimeType", "mime_type" -> mediaType = cursor.stringOrNull();
                case "data" -> data = cursor.rawStringOrNull();
                case "fileUri", "file_uri" -> fileUri = cursor.rawStringOrNull();
                default -> {}
            }
        }
    }

    private void readOther(String member, JsonCursor cursor) {
        if (!cursor.skipNull()) {
            otherName = member;
            other = cursor.raw();
        }
    }

    /// A part that no other format has, as a value of its own; null if this one is not such.
    @Nullable RawJson opaque() {
        String member = otherName;
        RawJson value = other;
        if (member == null || value == null) {
            return null;
        }
        JsonOutput part = new JsonOutput().beginObject().member(member, value);
        if (thought) {
            part.member("thought", true);
        }
        return part.optional("thoughtSignature", signature).endObject().toRaw();
    }
}
