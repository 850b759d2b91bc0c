package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import java.util.Map;

import static io.deltallm.codec.dialect.across.OpenAiShapes.copy;

/// Says a request of Ollama's in OpenAI's shape (https://docs.ollama.com/api/chat). Ollama tells results of tools apart by
/// their order, OpenAI by ids: these are made.
final class OllamaAsked {
    /// Of its options, what means the same.
    private static final Map<String, String> OPTIONS = Map.of(
            "temperature", "temperature",
            "top_p", "top_p",
            "top_k", "top_k",
            "seed", "seed",
            "stop", "stop",
            "num_predict", "max_tokens",
            "num_ctx", "num_ctx");

    private final JsonNode body;
    private final ObjectNode request;
    private int called;
    private int answered;

    private OllamaAsked(Recording recording) {
        body = recording.request().path("body");
        request = OpenAiShapes.request(body.path("model").asText(), recording.stream());
    }

    static ObjectNode of(Recording recording) {
        return new OllamaAsked(recording).asked();
    }

    private ObjectNode asked() {
        body.path("messages").forEach(this::message);
        if (!body.path("tools").isEmpty()) {
            request.set("tools", body.path("tools"));
        }
        JsonNode format = body.path("format");
        if (format.asText().equals("json")) {
            request.putObject("response_format").put("type", "json_object");
        } else if (format.isObject()) {
            OpenAiShapes.schema(request, "answer", format);
        }
        OPTIONS.forEach((theirs, name) -> copy(body.path("options").path(theirs), name, request));
        copy(body.path("keep_alive"), "keep_alive", request);
        copy(body.path("think"), "think", request);
        return request;
    }

    private void message(JsonNode said) {
        ObjectNode message = OpenAiShapes.message(request, said.path("role").asText());
        message.set("content", said.path("content"));
        for (JsonNode call : said.path("tool_calls")) {
            JsonNode function = call.path("function");
            message.withArray("tool_calls")
                    .add(OpenAiShapes.call("call_" + called++, function.path("name").asText(), function.path("arguments")));
        }
        if (said.path("role").asText().equals("tool")) {
            message.put("tool_call_id", "call_" + answered++);
        }
    }
}
