package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;

/// Amazon Titan's embeddings, as Bedrock's `InvokeModel` takes them: one text at a time
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html).
final class TitanEmbed implements EmbeddingUpstream {

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.atMost(request, 1);
        Limits.lostPurpose(request, call);
        out.beginObject().member("inputText", request.texts().getFirst());
        out.optional("dimensions", request.dimensions());
        Limits.extras(request, Set.of("normalize"), call, out);
        out.endObject();
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        List<RawJson> vectors = List.of();
        long tokens = Headers.inputTokens(fields);
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "embedding" -> vectors = VectorList.read(body);
                case "inputTextTokenCount" -> tokens = body.count();
                default -> {}
            }
        }
        return new EmbeddingReply(null, vectors, tokens);
    }
}
