package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatEvent.ToolStarted;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;
import org.jspecify.annotations.Nullable;

/// A tool call whose arguments come in pieces: Google's clients want it whole. Confined to one reply.
final class CallInMaking implements AnswerPiece {
    private final int tool;
    private final @Nullable RawJson id;
    private final RawJson name;
    private final @Nullable RawJson signature;
    private final JsonOutput pieces = new JsonOutput().beginString();
    private @Nullable RawJson whole;
    private boolean closed;

    CallInMaking(ToolStarted started) {
        RawJson startedId = started.id();
        RawJson startedSignature = started.signature();
        this.tool = started.tool();
        this.id = startedId == null ? null : startedId.copy();
        this.name = started.name().copy();
        this.signature = startedSignature == null ? null : startedSignature.copy();
    }

    int tool() {
        return tool;
    }

    void add(RawJson piece) {
        pieces.stringPiece(piece);
    }

    void all(RawJson arguments) {
        whole = arguments.copy();
    }

    boolean isWhole() {
        return whole != null;
    }

    /// Whether the arguments are, in the end, a JSON object.
    @Override
    public boolean isSound() {
        if (!closed && whole == null) {
            closed = true;
            String text = pieces.endString().toRaw().text();
            whole = text.isBlank() ? RawJson.EMPTY_OBJECT : JsonSyntax.isObject(text) ? RawJson.ofLiteral(text) : null;
        }
        return whole != null;
    }

    @Override
    public void write(JsonOutput out) {
        RawJson arguments = whole;
        out.beginObject().name("functionCall").beginObject().optional("id", id).member("name", name);
        out.member("args", arguments == null ? RawJson.EMPTY_OBJECT : arguments).endObject();
        out.optional("thoughtSignature", signature).endObject();
    }
}
