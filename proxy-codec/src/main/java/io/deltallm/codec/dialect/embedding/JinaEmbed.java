package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jina's `/v1/embeddings` (https://api.jina.ai/redoc): OpenAI's with other names. It refuses `encoding_format`, which
/// OpenAI's clients send unasked.
final class JinaEmbed implements EmbeddingUpstream {
    private static final String TYPE = "embedding_type";
    private static final String TASK = "task";
    private static final Set<String> OWN_FIELDS = Set.of(TYPE, TASK, "normalized", "late_chunking", "truncate");

    private final OpenAiEmbed openAi = new OpenAiEmbed();

    @Override
    public boolean takesParts() {
        return true;
    }

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Map<String, RawJson> extras = request.extras();
        out.beginObject().member("model", call.model()).name("input").beginArray();
        for (int i = 0; i < request.texts().size(); i++) {
            RawJson part = request.parts().get(i);
            if (part == null) {
                out.value(request.texts().get(i));
            } else {
                out.value(part);
            }
        }
        out.endArray().optional("dimensions", request.dimensions());
        out.optional(TASK, extras.containsKey(TASK) ? null : task(request.purpose()));
        out.optional(TYPE, request.base64() && !extras.containsKey(TYPE) ? "base64" : null);
        Limits.extras(request, OWN_FIELDS, call, out);
        out.endObject();
    }

    private static @Nullable String task(@Nullable Purpose purpose) {
        return switch (purpose) {
            case null -> null;
            case DOCUMENT -> "retrieval.passage";
            case QUERY, QUESTION, FACTS, CODE -> "retrieval.query";
            case CLASSIFICATION -> "classification";
            case CLUSTERING -> "separation";
            case SIMILARITY -> "text-matching";
        };
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        return openAi.read(body, fields);
    }
}
