package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// IBM watsonx' `/ml/v1/text/embeddings` (https://cloud.ibm.com/apidocs/watsonx-ai#text-embeddings).
final class WatsonxEmbed implements EmbeddingUpstream {

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        if (!request.extras().containsKey("project_id") && !request.extras().containsKey("space_id")) {
            throw Refused.request(
                    "project_id is missing (expected: project_id or space_id, in the model's configuration or the request)",
                    "project_id");
        }
        Limits.lostPurpose(request, call);
        if (request.dimensions() != null) {
            call.lost("dimensions");
        }
        out.beginObject().member("model_id", call.model());
        Limits.texts("inputs", request, out);
        Limits.extras(request, Set.of("project_id", "space_id", "parameters"), call, out);
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
                case "model_id" -> model = body.rawStringOrNull();
                case "results" -> vectors = VectorList.ofMembers(body, "embedding");
                case "input_token_count" -> tokens = body.count();
                default -> {}
            }
        }
        return new EmbeddingReply(model, vectors, tokens);
    }
}
