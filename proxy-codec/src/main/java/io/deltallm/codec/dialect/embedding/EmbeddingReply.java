package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The vectors that came, in the order of the texts. Borrows the reply's bytes.
///
/// @param model the model that made them, a JSON string; null where the provider does not say
/// @param vectors JSON arrays of numbers
/// @param promptTokens -1 where the provider does not say
record EmbeddingReply(@Nullable RawJson model, List<RawJson> vectors, long promptTokens) {
    static final long UNKNOWN = -1;

    EmbeddingReply {
        vectors = List.copyOf(vectors);
    }

    @Nullable Usage usage() {
        return promptTokens == UNKNOWN ? null : Usage.of(promptTokens, 0, promptTokens, 0, 0, false);
    }
}
