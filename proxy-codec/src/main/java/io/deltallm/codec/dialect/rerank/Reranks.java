package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.Translation;
import java.util.List;

/// Who ranks in a format other than the clients': the one table. Thread-safe.
public final class Reranks {

    private Reranks() {}

    /// From [Operation#RERANK] to every other format.
    public static List<Translation> all() {
        return List.of(
                new RerankTranslation(new CohereRerank(), Operation.COHERE_RERANK),
                new RerankTranslation(new BedrockRerank(), Operation.INVOKE_RERANK),
                new RerankTranslation(new VoyageRerank(), Operation.VOYAGE_RERANK));
    }
}
