package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;

/// Looks for pictures and documents that a conversation only names the URL of. Goes into content and sources and nothing
/// else: what else is in a block is its own business. Stateless.
final class RemoteSources {

    private RemoteSources() {}

    /// @param messages the value of `messages`
    static boolean in(RawJson messages) {
        return inList(new JsonCursor().over(messages));
    }

    /// Messages, or blocks.
    private static boolean inList(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return false;
        }
        cursor.array();
        while (cursor.element()) {
            if (inBlock(cursor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inBlock(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return false;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if ((name.equals("content") && inList(cursor)) || (name.equals("source") && inSource(cursor))) {
                return true;
            }
        }
        return false;
    }

    /// A document may be made of blocks.
    private static boolean inSource(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return false;
        }
        boolean remote = false;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("type")) {
                remote = JsonWord.is(cursor.raw(), "url");
            } else if (name.equals("content") && inList(cursor)) {
                return true;
            }
        }
        return remote;
    }
}
