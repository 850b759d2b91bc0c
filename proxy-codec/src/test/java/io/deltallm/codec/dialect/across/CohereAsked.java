package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import java.util.Locale;
import java.util.Map;

import static io.deltallm.codec.dialect.across.OpenAiShapes.copy;

/// Says a request of Cohere's in OpenAI's shape (https://docs.cohere.com/reference/chat,
/// https://docs.cohere.com/v1/reference/chat).
final class CohereAsked {
    /// What means the same, by their names there.
    private static final Map<String, String> SAME = Map.of(
            "max_tokens", "max_tokens",
            "temperature", "temperature",
            "p", "top_p",
            "k", "top_k",
            "seed", "seed",
            "stop_sequences", "stop",
            "thinking", "thinking",
            "documents", "documents",
            "connectors", "connectors",
            "tools", "tools");

    private CohereAsked() {}

    /// Its second version is OpenAI's in most.
    static ObjectNode v2(Recording recording) {
        JsonNode body = recording.request().path("body");
        ObjectNode request = OpenAiShapes.request(body.path("model").asText(), recording.stream());
        request.set("messages", body.path("messages").deepCopy());
        settings(body, request);
        if (body.has("tool_choice")) {
            request.put("tool_choice", body.path("tool_choice").asText().toLowerCase(Locale.ROOT));
        }
        JsonNode format = body.path("response_format");
        if (format.has("json_schema")) {
            OpenAiShapes.schema(request, "answer", format.path("json_schema"));
        } else {
            copy(format, "response_format", request);
        }
        return request;
    }

    static ObjectNode v1(Recording recording) {
        JsonNode body = recording.request().path("body");
        ObjectNode request = OpenAiShapes.request(body.path("model").asText("command-r"), recording.stream());
        for (JsonNode turn : body.path("chat_history")) {
            String role = switch (turn.path("role").asText().toUpperCase(Locale.ROOT)) {
                case "USER" -> "user";
                case "CHATBOT" -> "assistant";
                case "SYSTEM" -> "system";
                default -> throw new AssertionError("unexpected " + turn);
            };
            OpenAiShapes.message(request, role).set("content", turn.path("message"));
        }
        OpenAiShapes.message(request, "user").set("content", body.path("message"));
        settings(body, request);
        return request;
    }

    private static void settings(JsonNode body, ObjectNode request) {
        SAME.forEach((theirs, name) -> copy(body.path(theirs), name, request));
    }
}
