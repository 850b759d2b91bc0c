package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// How a conversation stands that the model is to go on with.
///
/// @param begun whether the client has begun the answer itself
/// @param unthought whether the model gets the results of calls that it made without showing thoughts
record OpenTurn(boolean begun, boolean unthought) {

    /// @param messages the value of `messages`
    static OpenTurn of(RawJson messages) {
        JsonCursor cursor = new JsonCursor().over(messages);
        boolean assistant = false;
        boolean thought = false;
        boolean results = false;
        if (cursor.kind() != JsonKind.ARRAY) {
            return new OpenTurn(false, false);
        }
        cursor.array();
        while (cursor.element()) {
            RawJson message = cursor.raw();
            RawJson content = message.isObject() ? Block.child(message, "content") : null;
            assistant = message.isObject() && JsonWord.is(Block.child(message, "role"), "assistant");
            results = !assistant && (results || has(content, "tool_result", "tool_result"));
            thought = assistant ? has(content, "thinking", "redacted_thinking") : thought;
        }
        return new OpenTurn(assistant, results && !thought);
    }

    private static boolean has(@Nullable RawJson content, String type, String otherType) {
        if (content == null || !content.isArray()) {
            return false;
        }
        JsonCursor cursor = new JsonCursor().over(content);
        cursor.array();
        while (cursor.element()) {
            RawJson block = cursor.raw();
            RawJson found = block.isObject() ? Block.child(block, "type") : null;
            if (JsonWord.is(found, type) || JsonWord.is(found, otherType)) {
                return true;
            }
        }
        return false;
    }

    /// Models that think by a budget refuse to where they did not before.
    boolean takesThoughts(ClaudeModel model) {
        return !begun && (!unthought || model.adapts());
    }
}
