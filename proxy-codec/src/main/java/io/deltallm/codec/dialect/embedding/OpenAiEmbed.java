package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Providers with OpenAI's `/embeddings`, for clients of another format.
final class OpenAiEmbed implements EmbeddingUpstream {

    @Override
    public void write(EmbeddingRequest request, UpstreamCall call, JsonOutput out) {
        Limits.lostPurpose(request, call);
        if (request.title() != null) {
            call.lost("title");
        }
        out.beginObject().member("model", call.model());
        Limits.texts("input", request, out);
        out.member("encoding_format", "float").optional("dimensions", request.dimensions());
        request.extras().forEach((name, value) -> out.anyName(name).value(value));
        out.endObject();
    }

    private record Indexed(long index, RawJson vector) {}

    @Override
    public EmbeddingReply read(JsonCursor body, Fields fields) {
        @Nullable RawJson model = null;
        List<Indexed> data = new ArrayList<>();
        long tokens = EmbeddingReply.UNKNOWN;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "model" -> model = body.rawStringOrNull();
                case "data" -> data(body, data);
                case "usage" -> tokens = tokens(body);
                default -> {}
            }
        }
        data.sort(Comparator.comparingLong(Indexed::index));
        return new EmbeddingReply(model, data.stream().map(Indexed::vector).toList(), tokens);
    }

    private static void data(JsonCursor body, List<Indexed> data) {
        body.array();
        while (body.element()) {
            long index = data.size();
            RawJson vector = null;
            body.object();
            for (String name = body.name(); name != null; name = body.name()) {
                switch (name) {
                    case "index" -> index = body.longValue();
                    case "embedding" -> vector = body.raw();
                    default -> {}
                }
            }
            if (vector != null) {
                data.add(new Indexed(index, vector));
            }
        }
    }

    /// Voyage states the total only.
    private static long tokens(JsonCursor body) {
        long prompt = EmbeddingReply.UNKNOWN;
        long total = EmbeddingReply.UNKNOWN;
        if (body.kind() != JsonKind.OBJECT) {
            return prompt;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "prompt_tokens" -> prompt = body.count();
                case "total_tokens" -> total = body.count();
                default -> {}
            }
        }
        return prompt == EmbeddingReply.UNKNOWN ? total : prompt;
    }
}
