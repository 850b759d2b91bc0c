package io.deltallm.codec.dialect.rerank;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.rerank.RerankReply.Ranked;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cohere's `/v2/rerank` (https://docs.cohere.com/reference/rerank): documents are texts only, and never returned.
final class CohereRerank implements RerankUpstream {
    private static final Set<String> OWN_FIELDS = Set.of("max_tokens_per_doc", "priority");

    @Override
    public void write(RerankRequest request, UpstreamCall call, JsonOutput out) {
        out.beginObject().member("model", call.model()).member("query", request.query());
        out.name("documents").beginArray();
        request.documents().forEach(out::value);
        out.endArray().optional("top_n", request.topN());
        request.extras().forEach((name, value) -> {
            if (OWN_FIELDS.contains(name)) {
                out.anyName(name).value(value);
            } else {
                call.lost(name);
            }
        });
        out.endObject();
    }

    @Override
    public RerankReply read(JsonCursor body) {
        @Nullable RawJson id = null;
        List<Ranked> results = List.of();
        Meta meta = new Meta();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "id" -> id = body.rawStringOrNull();
                case "results" -> results = RankedList.read(body);
                case "meta" -> meta.read(body);
                default -> {}
            }
        }
        return new RerankReply(id, results, meta.searchUnits, meta.tokens);
    }

    private static final class Meta {
        private long searchUnits = RerankReply.UNKNOWN;
        private long tokens = RerankReply.UNKNOWN;

        private void read(JsonCursor body) {
            if (body.kind() != JsonKind.OBJECT) {
                return;
            }
            body.object();
            for (String name = body.name(); name != null; name = body.name()) {
                if ((name.equals("billed_units") || name.equals("tokens")) && body.kind() == JsonKind.OBJECT) {
                    counts(body);
                }
            }
        }

        private void counts(JsonCursor body) {
            body.object();
            for (String name = body.name(); name != null; name = body.name()) {
                switch (name) {
                    case "search_units" -> searchUnits = body.count();
                    case "input_tokens" -> tokens = body.count();
                    default -> {}
                }
            }
        }
    }
}
