package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Clients of Gemini's `embedContent` and `batchEmbedContents` (https://ai.google.dev/api/embeddings). What a batch says
/// of purpose and dimensions has to be the same for all of it, since other formats have it once.
final class GeminiEmbeddings implements EmbeddingClient {
    private final boolean batch;

    GeminiEmbeddings(boolean batch) {
        this.batch = batch;
    }

    /// One `EmbedContentRequest`.
    private record One(String text, @Nullable Purpose purpose, @Nullable String title, @Nullable Long dimensions) {
        boolean agrees(One other) {
            return purpose == other.purpose && Objects.equals(dimensions, other.dimensions);
        }
    }

    @Override
    public EmbeddingRequest read(JsonCursor body, Map<String, String> defaults) {
        List<One> all = batch ? batch(body) : List.of(one(body));
        if (all.isEmpty()) {
            throw Refused.request("requests is missing or empty (expected: a list of contents to embed)", "requests");
        }
        One first = all.getFirst();
        for (int i = 1; i < all.size(); i++) {
            if (!first.agrees(all.get(i))) {
                throw Refused.request(
                        "requests[" + i + "] differs from requests[0] in taskType or outputDimensionality, which this"
                                + " model's provider takes once for all (expected: the same)",
                        "requests[" + i + "]");
            }
        }
        String literal = defaults.get("dimensions");
        Long dimensions = first.dimensions() != null || literal == null
                ? first.dimensions()
                : Long.valueOf(new JsonCursor().over(RawJson.ofLiteral(literal)).longValue());
        List<String> texts = all.stream().map(One::text).toList();
        return new EmbeddingRequest(
                texts, Map.of(), dimensions, false, first.purpose(), texts.size() == 1 ? first.title() : null, null, Map.of());
    }

    private static List<One> batch(JsonCursor body) {
        List<One> all = new ArrayList<>();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("requests")) {
                body.array();
                while (body.element()) {
                    all.add(one(body));
                }
            }
        }
        return all;
    }

    private static One one(JsonCursor body) {
        String text = null;
        Purpose purpose = null;
        String title = null;
        Long dimensions = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "content" -> text = content(body);
                case "taskType", "task_type" -> purpose = purpose(body.stringOrNull());
                case "title" -> title = body.stringOrNull();
                case "outputDimensionality", "output_dimensionality" -> dimensions = body.longOrNull();
                default -> {}
            }
        }
        if (text == null) {
            throw Refused.request("content is missing (expected: an object with parts of text)", "content");
        }
        return new One(text, purpose, title, dimensions);
    }

    private static @Nullable Purpose purpose(@Nullable String word) {
        if (word == null || word.equals("TASK_TYPE_UNSPECIFIED")) {
            return null;
        }
        Purpose purpose = Purpose.of(word);
        if (purpose == null) {
            throw Refused.request(
                    "taskType is \"" + word + "\" (expected: RETRIEVAL_DOCUMENT, RETRIEVAL_QUERY, CLASSIFICATION,"
                            + " CLUSTERING, SEMANTIC_SIMILARITY or another of Google's)",
                    "taskType");
        }
        return purpose;
    }

    private static String content(JsonCursor body) {
        StringBuilder text = new StringBuilder();
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (name.equals("parts")) {
                body.array();
                while (body.element()) {
                    part(body, text);
                }
            }
        }
        return text.toString();
    }

    private static void part(JsonCursor body, StringBuilder text) {
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (!name.equals("text")) {
                throw body.problem("cannot be carried to this model's provider (expected: text)");
            }
            text.append(text.isEmpty() ? "" : "\n").append(body.string());
        }
    }

    @Override
    public void write(EmbeddingReply reply, EmbeddingRequest request, ClientCall call, JsonOutput out) {
        out.beginObject().name(batch ? "embeddings" : "embedding");
        if (batch) {
            out.beginArray();
        }
        for (RawJson vector : reply.vectors()) {
            out.beginObject().name("values");
            FloatVector.write(vector, out);
            out.endObject();
        }
        if (batch) {
            out.endArray();
        }
        if (reply.promptTokens() != EmbeddingReply.UNKNOWN) {
            out.name("usageMetadata").beginObject().member("promptTokenCount", reply.promptTokens()).endObject();
        }
        out.endObject();
    }
}
