package io.deltallm.codec.dialect.embedding;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Clients of OpenAI's `/v1/embeddings` (https://platform.openai.com/docs/api-reference/embeddings). Beside OpenAI's own
/// fields they may say `input_type` or `task_type`.
final class OpenAiEmbeddings implements EmbeddingClient {

    @Override
    public EmbeddingRequest read(JsonCursor body, Map<String, String> defaults) {
        Fields fields = new Fields();
        fields.members(body);
        defaults.forEach((name, literal) -> {
            if (!fields.said.containsKey(name) && !name.equals("input") && !name.equals("model")) {
                fields.member(name, new JsonCursor().over(RawJson.ofLiteral(literal)));
            }
        });
        if (fields.texts.isEmpty()) {
            throw Refused.request("input is missing or empty (expected: a string or a list of strings)", "input");
        }
        return new EmbeddingRequest(
                fields.texts, fields.parts, fields.dimensions, fields.base64, fields.purpose, null, fields.user, fields.extras);
    }

    /// What a body says, while it is read.
    private static final class Fields {
        private final Map<String, Boolean> said = new LinkedHashMap<>();
        private final List<String> texts = new ArrayList<>();
        private final Map<Integer, RawJson> parts = new HashMap<>();
        private final Map<String, RawJson> extras = new LinkedHashMap<>();
        private @Nullable Long dimensions;
        private boolean base64;
        private @Nullable Purpose purpose;
        private @Nullable String user;

        private void members(JsonCursor body) {
            body.object();
            for (String name = body.name(); name != null; name = body.name()) {
                said.put(name, true);
                member(name, body);
            }
        }

        private void member(String name, JsonCursor value) {
            switch (name) {
                case "model" -> {}
                case "input" -> input(value);
                case "dimensions" -> dimensions = dimensions(value);
                case "encoding_format" -> base64 = isBase64(value.stringOrNull());
                case "user" -> user = value.stringOrNull();
                case "input_type", "task_type" -> purpose = purpose(name, value.stringOrNull());
                default -> extras.put(name, value.raw());
            }
        }

        private void input(JsonCursor value) {
            switch (value.kind()) {
                case STRING -> texts.add(value.string());
                case ARRAY -> {
                    value.array();
                    while (value.element()) {
                        text(value);
                    }
                }
                default -> throw value.problem("is no text (expected: a string or a list of strings)");
            }
        }

        private void text(JsonCursor value) {
            if (value.kind() == JsonKind.NUMBER || value.kind() == JsonKind.ARRAY) {
                throw Refused.request(
                        "input holds token numbers, which this model's provider does not take"
                                + " (expected: a string or a list of strings)",
                        "input");
            }
            if (value.kind() == JsonKind.OBJECT) {
                parts.put(texts.size(), value.raw());
                texts.add("");
            } else {
                texts.add(value.string());
            }
        }

        private static @Nullable Long dimensions(JsonCursor value) {
            Long dimensions = value.longOrNull();
            if (dimensions != null && dimensions < 1) {
                throw Refused.request("dimensions is " + dimensions + " (expected: 1 or more)", "dimensions");
            }
            return dimensions;
        }

        private static boolean isBase64(@Nullable String format) {
            return switch (format) {
                case null -> false;
                case "float" -> false;
                case "base64" -> true;
                default ->
                    throw Refused.request(
                            "encoding_format is \"" + format + "\" (expected: float or base64)", "encoding_format");
            };
        }

        private static @Nullable Purpose purpose(String name, @Nullable String word) {
            if (word == null) {
                return null;
            }
            Purpose purpose = Purpose.of(word);
            if (purpose == null) {
                throw Refused.request(
                        name + " is \"" + word + "\" (expected: search_document, search_query, classification or"
                                + " clustering, or one of Google's task types)",
                        name);
            }
            return purpose;
        }
    }

    @Override
    public void write(EmbeddingReply reply, EmbeddingRequest request, ClientCall call, JsonOutput out) {
        out.beginObject().member("object", "list").name("data").beginArray();
        int index = 0;
        for (RawJson vector : reply.vectors()) {
            out.beginObject().member("object", "embedding").member("index", index++).name("embedding");
            if (request.base64()) {
                FloatVector.writeBase64(vector, out);
            } else {
                FloatVector.write(vector, out);
            }
            out.endObject();
        }
        out.endArray();
        RawJson model = reply.model();
        if (model == null) {
            out.member("model", call.model());
        } else {
            out.member("model", model);
        }
        // Typed clients cannot read a reply without it; 0 is what a provider that counts nothing states.
        long tokens = Math.max(reply.promptTokens(), 0);
        out.name("usage").beginObject().member("prompt_tokens", tokens).member("total_tokens", tokens).endObject();
        out.endObject();
    }
}
