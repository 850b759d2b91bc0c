package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;

/// The arguments of a call in a conversation's history, where its format has them as a text. OpenAI's formats take back any
/// text that the model once wrote, a broken one too; all others want an object, or the conversation could never go on.
/// Stateless.
public final class CallArguments {
    /// What Anthropic proposes for arguments that are no JSON: the model reads what it wrote.
    private static final String BROKEN = "INVALID_JSON";

    private CallArguments() {}

    /// @return an object
    public static RawJson of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.equals("null")) {
            return RawJson.EMPTY_OBJECT;
        }
        if (JsonSyntax.isObject(stripped)) {
            return RawJson.ofLiteral(stripped);
        }
        return new JsonOutput().beginObject().member(BROKEN, text).endObject().toRaw();
    }
}
