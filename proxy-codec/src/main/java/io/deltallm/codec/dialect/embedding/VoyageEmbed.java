package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Voyage's `/v1/embeddings` (https://docs.voyageai.com/reference/embeddings-api): OpenAI's with other names. It refuses
/// `encoding_format` where it is not `base64`, and `dimensions`.
final class VoyageEmbed implements EmbeddingUpstream {
    private static final Set<String> OWN_FIELDS = Set.of("truncation", "output_dtype", "output_dimension");

    private final OpenAiEmbed openAi = new OpenAiEmbed();

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        out.beginObject().member("model", call.model());
        Limits.texts("input", request, out);
        out.optional("input_type", type(request.purpose(), call)).optional("output_dimension", request.dimensions());
        if (request.base64()) {
            out.member("encoding_format", "base64");
        }
        Limits.extras(request, OWN_FIELDS, call, out);
        out.endObject();
    }

    private static @Nullable String type(@Nullable Purpose purpose, UpstreamCall call) {
        return switch (purpose) {
            case null -> null;
            case DOCUMENT -> "document";
            case QUERY, QUESTION, FACTS, CODE -> "query";
            case CLASSIFICATION, CLUSTERING, SIMILARITY -> {
                call.lost("input_type");
                yield null;
            }
        };
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        return openAi.read(body, fields);
    }
}
