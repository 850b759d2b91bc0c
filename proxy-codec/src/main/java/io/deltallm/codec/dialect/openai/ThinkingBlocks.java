package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;

/// Writes elements of `thinking_blocks`, the form in which gateways give OpenAI's clients what Anthropic's models have to
/// get back. Stateless.
final class ThinkingBlocks {

    private ThinkingBlocks() {}

    static void proven(RawJson thoughts, RawJson signature, JsonOutput out) {
        out.beginObject().member("type", "thinking").member("thinking", thoughts);
        out.member("signature", signature).endObject();
    }

    static void redacted(RawJson data, JsonOutput out) {
        out.beginObject().member("type", "redacted_thinking").member("data", data).endObject();
    }
}
