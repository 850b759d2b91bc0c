package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.Translation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Who asks for embeddings in which format, and who makes them: the one table. Immutable, thread-safe.
public final class Embeddings {
    private final Map<Operation, EmbeddingClient> clients = new EnumMap<>(Operation.class);
    private final Map<Operation, EmbeddingUpstream> upstreams = new EnumMap<>(Operation.class);

    public Embeddings() {
        clients.put(Operation.EMBEDDINGS, new OpenAiEmbeddings());
        clients.put(Operation.EMBED_CONTENT, new GeminiEmbeddings(false));
        clients.put(Operation.BATCH_EMBED_CONTENTS, new GeminiEmbeddings(true));
        upstreams.put(Operation.EMBEDDINGS, new OpenAiEmbed());
        upstreams.put(Operation.BATCH_EMBED_CONTENTS, new GeminiBatchEmbed());
        upstreams.put(Operation.VERTEX_EMBED, new VertexEmbed());
        upstreams.put(Operation.COHERE_EMBED, new CohereEmbed(false));
        upstreams.put(Operation.INVOKE_COHERE_EMBED, new CohereEmbed(true));
        upstreams.put(Operation.INVOKE_TITAN_EMBED, new TitanEmbed());
        upstreams.put(Operation.INVOKE_NOVA_EMBED, new NovaEmbed());
        upstreams.put(Operation.VOYAGE_EMBED, new VoyageEmbed());
        upstreams.put(Operation.JINA_EMBED, new JinaEmbed());
        upstreams.put(Operation.OLLAMA_EMBED, new OllamaEmbed());
        upstreams.put(Operation.HF_EMBED, new HuggingFaceEmbed());
        upstreams.put(Operation.WATSONX_EMBED, new WatsonxEmbed());
    }

    /// What clients may ask for.
    public List<Operation> asked() {
        return List.copyOf(clients.keySet());
    }

    /// From what a client asks for to every other format.
    public List<Translation> from(Operation asked) {
        EmbeddingClient client = clients.get(asked);
        if (client == null) {
            return List.of();
        }
        return upstreams.entrySet().stream()
                .filter(entry -> entry.getKey() != asked)
                .<Translation>map(entry -> new EmbeddingTranslation(client, entry.getValue(), entry.getKey()))
                .toList();
    }
}
