package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;

/// Rankings as Bedrock's `InvokeModel` takes them, Cohere's and Amazon's own: Cohere's form without a model
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-supported.html).
final class BedrockRerank implements RerankUpstream {
    private static final String LENGTH = "max_tokens_per_doc";

    private final CohereRerank cohere = new CohereRerank();

    @Override
    public void write(RerankRequest request, UpstreamCall call, JsonOutput out) {
        boolean coheres = call.model().contains("cohere.");
        out.beginObject().member("query", request.query()).name("documents").beginArray();
        request.documents().forEach(out::value);
        out.endArray().optional("top_n", request.topN());
        if (coheres) {
            out.member("api_version", 2);
        }
        request.extras().forEach((name, value) -> {
            if (coheres && name.equals(LENGTH)) {
                out.name(name).value(value);
            } else {
                call.lost(name);
            }
        });
        out.endObject();
    }

    @Override
    public RerankReply read(JsonCursor body) {
        return cohere.read(body);
    }
}
