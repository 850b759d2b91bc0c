package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.gemini.GenerateContent;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;

/// Gemini's `batchEmbedContents` (https://ai.google.dev/api/embeddings).
final class GeminiBatchEmbed implements EmbeddingUpstream {
    private static final ErrorReader GOOGLE = new GenerateContent();

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        String model = call.model().startsWith("models/") ? call.model() : "models/" + call.model();
        Purpose purpose = request.purpose();
        out.beginObject().name("requests").beginArray();
        for (String text : request.texts()) {
            out.beginObject().member("model", model).name("content").beginObject();
            out.name("parts").beginArray().beginObject().member("text", text).endObject().endArray().endObject();
            out.optional("taskType", purpose == null ? null : purpose.google());
            out.optional("title", request.title());
            out.optional("outputDimensionality", request.dimensions()).endObject();
        }
        out.endArray();
        Limits.extras(request, Set.of(), call, out);
        out.endObject();
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return GOOGLE.readError(status, fields, body);
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        List<RawJson> vectors = List.of();
        long tokens = EmbeddingReply.UNKNOWN;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "embeddings" -> vectors = VectorList.ofMembers(body, "values");
                case "usageMetadata" -> tokens = tokens(body);
                default -> {}
            }
        }
        return new EmbeddingReply(null, vectors, tokens);
    }

    private static long tokens(JsonCursor body) {
        long tokens = EmbeddingReply.UNKNOWN;
        if (body.kind() != JsonKind.OBJECT) {
            return tokens;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("promptTokenCount")) {
                tokens = body.count();
            }
        }
        return tokens;
    }
}
