package io.deltallm.codec.dialect.failure;

import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonProblem;
import java.util.Locale;

/// What an error body says, whichever of the usual forms it has: `{"message"}`, `{"error":"…"}`, `{"error":{"message"}}`,
/// `{"errors":[…]}`, `{"detail"}`, `{"title","detail"}`, or no JSON at all. Confined to one body.
final class FailureText {
    private static final int LONGEST = 2000;

    private String message = "";
    private String title = "";
    private final StringBuilder kinds = new StringBuilder();
    private double waitSeconds;

    FailureText(Frame body) {
        JsonCursor cursor = new JsonCursor().over(body.raw());
        try {
            switch (cursor.kind()) {
                case OBJECT, ARRAY, STRING -> value(cursor);
                case NUMBER, BOOLEAN, NULL -> message = plain(body.text());
            }
        } catch (JsonProblem _) {
            say(plain(body.text()));
        }
    }

    /// A page of a proxy in between tells a client nothing, nor does JSON that is broken.
    private static String plain(String text) {
        String stripped = text.strip();
        boolean noSentence = stripped.startsWith("<") || stripped.startsWith("{") || stripped.startsWith("[")
                || stripped.equals("null");
        return noSentence ? "" : stripped;
    }

    private void value(JsonCursor cursor) {
        switch (cursor.kind()) {
            case OBJECT -> members(cursor);
            case ARRAY -> {
                cursor.array();
                while (cursor.element()) {
                    value(cursor);
                }
            }
            case STRING -> say(cursor.string());
            default -> cursor.skip();
        }
    }

    private void members(JsonCursor cursor) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "message", "Message", "error", "errors", "detail", "msg", "error_message" -> value(cursor);
                case "title" -> title = text(cursor);
                case "code", "type", "status", "error_type", "name", "__type", "reason" -> kind(cursor);
                case "estimated_time" -> waitSeconds = cursor.kind() == JsonKind.NUMBER ? cursor.doubleValue() : 0;
                default -> {}
            }
        }
    }

    private void say(String text) {
        message = message.isEmpty() ? text : message;
    }

    private void kind(JsonCursor cursor) {
        kinds.append(' ').append(text(cursor));
    }

    private static String text(JsonCursor cursor) {
        return cursor.isString() ? cursor.string() : "";
    }

    /// For the client; empty where the body says nothing.
    String message() {
        String said = message.isEmpty() ? title : message;
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }

    /// All words to recognise the kind by, in lower case.
    String words() {
        return (kinds + " " + title + " " + message).toLowerCase(Locale.ROOT);
    }

    /// How long the provider asks to wait; 0 where it does not say.
    long waitSeconds() {
        return (long) Math.ceil(Math.clamp(waitSeconds, 0, 86_400));
    }
}
