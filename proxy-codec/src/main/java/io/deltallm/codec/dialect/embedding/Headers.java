package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.dialect.ErrorReader.Fields;

/// What Bedrock says in header fields only. Stateless.
final class Headers {

    private Headers() {}

    /// -1 where it does not say.
    static long inputTokens(Fields fields) {
        String count = fields.get("x-amzn-bedrock-input-token-count");
        if (count == null) {
            return EmbeddingReply.UNKNOWN;
        }
        try {
            return Long.parseLong(count.strip());
        } catch (NumberFormatException e) {
            return EmbeddingReply.UNKNOWN;
        }
    }
}
