package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;

/// Whether a text that claims to be JSON is (RFC 8259). Stateless.
public final class JsonSyntax {

    private JsonSyntax() {}

    /// Whether the whole text is one JSON object, well formed to its last byte.
    public static boolean isObject(String text) {
        return text.stripLeading().startsWith("{") && isValue(text);
    }

    /// Whether the whole text is one JSON value, well formed to its last byte.
    public static boolean isValue(String text) {
        JsonCursor cursor = new JsonCursor().over(text.getBytes(StandardCharsets.UTF_8));
        try {
            walk(cursor);
            return cursor.atEnd();
        } catch (JsonProblem _) {
            return false;
        }
    }

    private static void walk(JsonCursor cursor) {
        switch (cursor.kind()) {
            case OBJECT -> {
                cursor.object();
                while (cursor.name() != null) {
                    walk(cursor);
                }
            }
            case ARRAY -> {
                cursor.array();
                while (cursor.element()) {
                    walk(cursor);
                }
            }
            case STRING -> cursor.rawString();
            case NUMBER -> cursor.doubleValue();
            case BOOLEAN -> cursor.booleanValue();
            case NULL -> cursor.skipNull();
        }
    }
}
