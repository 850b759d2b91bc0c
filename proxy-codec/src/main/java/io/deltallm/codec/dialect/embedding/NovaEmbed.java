package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Amazon Nova's multimodal embeddings, as Bedrock's `InvokeModel` takes them: one text at a time
/// (https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html).
final class NovaEmbed implements EmbeddingUpstream {
    private static final String TRUNCATION = "truncationMode";

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.atMost(request, 1);
        out.beginObject().member("taskType", "SINGLE_EMBEDDING").name("singleEmbeddingParams").beginObject();
        out.member("embeddingPurpose", purpose(request.purpose()));
        out.optional("embeddingDimension", request.dimensions());
        out.name("text").beginObject().member("value", request.texts().getFirst());
        RawJson truncation = request.extras().get(TRUNCATION);
        if (truncation == null) {
            // As with OpenAI, a text that is too long is an error.
            out.member(TRUNCATION, "NONE");
        } else {
            out.member(TRUNCATION, truncation);
        }
        out.endObject().endObject().endObject();
        lost(request.user(), request.extras(), call);
    }

    private static void lost(@Nullable String user, Map<String, RawJson> extras, UpstreamCall call) {
        if (user != null) {
            call.lost("user");
        }
        extras.keySet().stream().filter(name -> !name.equals(TRUNCATION)).forEach(call::lost);
    }

    private static String purpose(@Nullable Purpose purpose) {
        return switch (purpose) {
            case null -> "GENERIC_INDEX";
            case DOCUMENT -> "GENERIC_INDEX";
            case QUERY, QUESTION, FACTS, CODE -> "TEXT_RETRIEVAL";
            case CLASSIFICATION -> "CLASSIFICATION";
            case CLUSTERING, SIMILARITY -> "CLUSTERING";
        };
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        List<RawJson> vectors = List.of();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("embeddings")) {
                vectors = VectorList.ofMembers(body, "embedding");
            }
        }
        return new EmbeddingReply(null, vectors, Headers.inputTokens(fields));
    }
}
