package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.dialect.responses.OpenAiSchema;
import java.util.function.Predicate;

/// What OpenAI says of a chat completion's request. What gateways take beyond it is looked away from: fields of other
/// names, tools of other providers, films, pictures in answers, and media in results of tools.
final class OpenAiSpecification {

    private OpenAiSpecification() {}

    static void check(ObjectNode asked) {
        ObjectNode plain = asked.deepCopy();
        leaveOut(plain.path("tools"), tool -> !tool.has("function"));
        leaveOut(plain.path("modalities"), modality -> modality.asText().equals("image"));
        for (JsonNode message : plain.path("messages")) {
            boolean result = message.path("role").asText().equals("tool");
            leaveOut(message.path("content"), part ->
                    result ? !part.path("type").asText().equals("text") : part.path("type").asText().equals("video_url"));
            if (message.path("content").isArray() && message.path("content").isEmpty()) {
                ((ObjectNode) message).put("content", "");
            }
        }
        OpenAiSchema.check("CreateChatCompletionRequest", plain);
    }

    private static void leaveOut(JsonNode list, Predicate<JsonNode> which) {
        if (list instanceof ArrayNode array) {
            array.removeIf(which);
        }
    }
}
