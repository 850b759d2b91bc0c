package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;

/// The text that a custom tool is called with, as the arguments of a function: `{"input":"…"}`, piece by piece. Stateless.
final class CustomInput {
    /// Behind the last piece.
    static final RawJson END = RawJson.ofText("\"}");

    private static final String BEGIN = "{\"input\":\"";

    private CustomInput() {}

    /// @param text a JSON string
    static RawJson piece(boolean first, RawJson text) {
        JsonOutput piece = new JsonOutput().beginString();
        if (first) {
            piece.stringPiece(BEGIN);
        }
        return piece.jsonPiece(new RawJson(text.bytes(), text.start() + 1, text.end() - 1)).endString().toRaw();
    }
}
