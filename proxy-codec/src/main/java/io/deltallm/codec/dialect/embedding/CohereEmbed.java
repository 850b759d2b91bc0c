package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;

/// Cohere's `/v2/embed` (https://docs.cohere.com/reference/embed), and the body that Bedrock takes for Cohere's models:
/// the same without a model.
final class CohereEmbed implements EmbeddingUpstream {
    private static final int MOST_TEXTS = 96;

    private final boolean bedrock;

    CohereEmbed(boolean bedrock) {
        this.bedrock = bedrock;
    }

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.atMost(request, MOST_TEXTS);
        Purpose purpose = request.purpose();
        out.beginObject();
        if (!bedrock) {
            out.member("model", call.model());
        }
        Limits.texts("texts", request, out);
        out.member("input_type", (purpose == null ? Purpose.DOCUMENT : purpose).cohere());
        out.name("embedding_types").beginArray().value("float").endArray();
        out.optional("output_dimension", request.dimensions());
        Limits.extras(request, Set.of("truncate", "max_tokens", "priority"), call, out);
        out.endObject();
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        List<RawJson> vectors = List.of();
        long tokens = bedrock ? Headers.inputTokens(fields) : EmbeddingReply.UNKNOWN;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "embeddings" -> vectors = vectors(body);
                case "meta" -> tokens = billed(body, tokens);
                default -> {}
            }
        }
        return new EmbeddingReply(null, vectors, tokens);
    }

    /// By type; older models give one type only, without its name.
    private static List<RawJson> vectors(JsonCursor body) {
        if (body.kind() == JsonKind.ARRAY) {
            return VectorList.read(body);
        }
        List<RawJson> vectors = List.of();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("float")) {
                vectors = VectorList.read(body);
            }
        }
        return vectors;
    }

    private static long billed(JsonCursor body, long otherwise) {
        long tokens = otherwise;
        if (body.kind() != JsonKind.OBJECT) {
            return tokens;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("billed_units") && body.kind() == JsonKind.OBJECT) {
                body.object();
                for (String unit = body.name(); unit != null; unit = body.name()) {
                    if (unit.equals("input_tokens")) {
                        tokens = body.count();
                    }
                }
            }
        }
        return tokens;
    }
}
