package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;

/// The text of several JSON strings as one, in their own escapes. Confined to one exchange.
final class KeptText {
    private final JsonOutput pieces = new JsonOutput();
    private boolean any;

    void add(RawJson jsonString) {
        any = true;
        open();
        pieces.stringPiece(jsonString);
    }

    /// Adds JSON as a text.
    void addJson(RawJson json) {
        any = true;
        open();
        pieces.jsonPiece(json);
    }

    private void open() {
        if (pieces.isEmpty()) {
            pieces.beginString();
        }
    }

    /// Whether something was added, be it nothing but empty strings.
    boolean any() {
        return any;
    }

    /// Whether there is no character of it.
    boolean isEmpty() {
        return pieces.length() <= 1;
    }

    /// Takes all there is, as one JSON string.
    RawJson take() {
        open();
        RawJson text = pieces.endString().toRaw();
        pieces.clear();
        any = false;
        return text;
    }
}
