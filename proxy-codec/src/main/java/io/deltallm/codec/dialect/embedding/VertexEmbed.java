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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Vertex AI's `:predict` for embedding models
/// (https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api).
final class VertexEmbed implements EmbeddingUpstream {
    private static final ErrorReader GOOGLE = new GenerateContent();
    private static final String AUTO_TRUNCATE = "autoTruncate";

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Purpose purpose = request.purpose();
        out.beginObject().name("instances").beginArray();
        for (String text : request.texts()) {
            out.beginObject().member("content", text);
            out.optional("task_type", purpose == null ? null : purpose.google());
            out.optional("title", request.title()).endObject();
        }
        out.endArray();
        parameters(request, call, out);
        out.endObject();
    }

    private static void parameters(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Map<String, RawJson> extras = request.extras();
        if (request.dimensions() != null || extras.containsKey(AUTO_TRUNCATE)) {
            out.name("parameters").beginObject().optional("outputDimensionality", request.dimensions());
            out.optional(AUTO_TRUNCATE, extras.get(AUTO_TRUNCATE)).endObject();
        }
        if (request.user() != null) {
            call.lost("user");
        }
        extras.keySet().stream().filter(name -> !name.equals(AUTO_TRUNCATE)).forEach(call::lost);
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return GOOGLE.readError(status, fields, body);
    }

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        List<RawJson> vectors = new ArrayList<>();
        long tokens = EmbeddingReply.UNKNOWN;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("predictions")) {
                body.array();
                while (body.element()) {
                    tokens = prediction(body, vectors, tokens);
                }
            }
        }
        return new EmbeddingReply(null, vectors, tokens);
    }

    /// The tokens so far, with those of this prediction.
    private static long prediction(JsonCursor body, List<RawJson> vectors, long tokens) {
        long sum = tokens;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("embeddings")) {
                body.object();
                for (String member = body.name(); member != null; member = body.name()) {
                    switch (member) {
                        case "values" -> vectors.add(body.raw());
                        case "statistics" -> sum = plus(sum, tokenCount(body));
                        default -> {}
                    }
                }
            }
        }
        return sum;
    }

    private static long plus(long sum, long more) {
        return more == EmbeddingReply.UNKNOWN ? sum : Math.max(0, sum) + more;
    }

    private static long tokenCount(JsonCursor body) {
        long count = EmbeddingReply.UNKNOWN;
        if (body.kind() != JsonKind.OBJECT) {
            return count;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("token_count")) {
                count = body.count();
            }
        }
        return count;
    }
}
