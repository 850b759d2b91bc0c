package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// The two ends of `/v1/messages/count_tokens`: its request is one of Messages without a limit of tokens. Whoever counts
/// stands in between. Stateless.
public final class CountTokens {

    private CountTokens() {}

    /// @param body at the body's first value
    /// @throws io.deltallm.codec.dialect.Refused if it is not what the format allows
    public static ChatRequest readCountRequest(JsonCursor body) {
        return new MessagesRequestReader(true).read(body, PathCall.NONE);
    }

    public static void writeCount(long tokens, JsonOutput out) {
        out.beginObject().member("input_tokens", tokens).endObject();
    }
}
