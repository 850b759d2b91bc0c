package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.rerank.RerankReply.Ranked;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Voyage's `/v1/rerank` (https://docs.voyageai.com/reference/reranker-api).
final class VoyageRerank implements RerankUpstream {

    @Override
    public void write(RerankRequest request, UpstreamCall call, JsonOutput out) {
        out.beginObject().member("query", request.query()).name("documents").beginArray();
        request.documents().forEach(out::value);
        out.endArray().member("model", call.model()).optional("top_k", request.topN());
        request.extras().forEach((name, value) -> {
            if (name.equals("truncation")) {
                out.name(name).value(value);
            } else {
                call.lost(name);
            }
        });
        out.endObject();
    }

    @Override
    public RerankReply read(JsonCursor body) {
        List<Ranked> results = List.of();
        long tokens = RerankReply.UNKNOWN;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "data" -> results = RankedList.read(body);
                case "usage" -> tokens = tokens(body);
                default -> {}
            }
        }
        return new RerankReply(null, results, RerankReply.UNKNOWN, tokens);
    }

    private static long tokens(JsonCursor body) {
        long tokens = RerankReply.UNKNOWN;
        if (body.kind() != JsonKind.OBJECT) {
            return tokens;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("total_tokens")) {
                tokens = body.count();
            }
        }
        return tokens;
    }
}
