package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ollama's `/api/embed` (https://docs.ollama.com/api/embed); the reply of the older `/api/embeddings` is understood.
final class OllamaEmbed implements EmbeddingUpstream {

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.lostPurpose(request, call);
        out.beginObject().member("model", call.model());
        Limits.texts("input", request, out);
        out.optional("dimensions", request.dimensions());
        Limits.extras(request, Set.of("truncate", "keep_alive", "options"), call, out);
        out.endObject();
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        @Nullable RawJson model = null;
        List<RawJson> vectors = List.of();
        long tokens = EmbeddingReply.UNKNOWN;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "model" -> model = body.rawStringOrNull();
                case "embeddings", "embedding" -> vectors = VectorList.read(body);
                case "prompt_eval_count" -> tokens = body.count();
                default -> {}
            }
        }
        return new EmbeddingReply(model, vectors, tokens);
    }
}
