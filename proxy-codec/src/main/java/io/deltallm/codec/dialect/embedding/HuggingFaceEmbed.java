package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// Hugging Face's feature extraction and text-embeddings-inference's `/embed`
/// (https://huggingface.co/docs/inference-providers/tasks/feature-extraction): the reply is the vectors alone.
final class HuggingFaceEmbed implements EmbeddingUpstream {

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.lostPurpose(request, call);
        if (request.dimensions() != null) {
            call.lost("dimensions");
        }
        out.beginObject();
        Limits.texts("inputs", request, out);
        Limits.extras(
                request,
                Set.of("normalize", "truncate", "truncation_direction", "prompt_name", "parameters", "options"),
                call,
                out);
        out.endObject();
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        return new EmbeddingReply(null, VectorList.read(body), EmbeddingReply.UNKNOWN);
    }
}
