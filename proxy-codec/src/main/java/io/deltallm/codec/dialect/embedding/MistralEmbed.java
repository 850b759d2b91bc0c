package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// Mistral's `/v1/embeddings` (https://docs.mistral.ai/api/endpoint/embeddings): OpenAI's, but that `dimensions` has
/// another name, and that numbers come where base64 was asked for, which OpenAI's clients ask for unasked and then take
/// the numbers for.
final class MistralEmbed implements EmbeddingUpstream {
    private static final Set<String> OWN_FIELDS = Set.of("output_dtype", "output_dimension", "metadata");

    private final OpenAiEmbed openAi = new OpenAiEmbed();

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.lostPurpose(request, call);
        out.beginObject().member("model", call.model());
        Limits.texts("input", request, out);
        out.optional("output_dimension", request.dimensions());
        Limits.extras(request, OWN_FIELDS, call, out);
        out.endObject();
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        return openAi.read(body, fields);
    }
}
