package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;

/// A block of a server tool, or any other that is carried verbatim, whose input comes in pieces: put together again.
/// Confined to its reader.
final class GrowingBlock {
    private final RawJson begin;
    private final JsonOutput input = new JsonOutput();
    private final JsonOutput content = new JsonOutput();
    private boolean grown;

    GrowingBlock(RawJson begin) {
        this.begin = begin.copy();
        input.beginString();
        content.beginString();
    }

    /// @param piece a JSON string whose text is a piece of JSON
    void input(RawJson piece) {
        input.stringPiece(piece);
        grown |= !piece.isEmptyString();
    }

    /// A piece of a text (`compaction`).
    void content(RawJson piece) {
        content.stringPiece(piece);
        grown = true;
    }

    RawJson whole() {
        if (!grown) {
            return begin;
        }
        // A limit of tokens may have cut the input: then it is no JSON, and stays as it began.
        RawJson given = input.endString().toRaw();
        RawJson pieces = JsonSyntax.isValue(given.text()) ? given : RawJson.EMPTY_STRING;
        RawJson text = content.endString().toRaw();
        JsonOutput out = new JsonOutput().beginObject();
        JsonCursor cursor = new JsonCursor().over(begin);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            boolean isInput = name.equals("input") && !pieces.isEmptyString();
            boolean isContent = name.equals("content") && !text.isEmptyString();
            if (!isInput && !isContent) {
                out.anyName(name).value(cursor.raw());
            }
        }
        if (!pieces.isEmptyString()) {
            out.name("input").unquoted(pieces);
        }
        if (!text.isEmptyString()) {
            out.member("content", text);
        }
        return out.endObject().toRaw();
    }
}
