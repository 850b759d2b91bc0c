package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import java.util.Map;

import static io.deltallm.codec.dialect.across.OpenAiShapes.copy;

/// Says a request of Converse's in OpenAI's shape
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).
final class ConverseAsked {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "png", "image/png", "jpeg", "image/jpeg", "gif", "image/gif", "webp", "image/webp", "pdf", "application/pdf", "mp4",
            "video/mp4");

    private final JsonNode body;
    private final ObjectNode request;

    private ConverseAsked(Recording recording) {
        body = recording.request().path("body");
        request = OpenAiShapes.request(OpenAiShapes.modelInPath(recording), recording.stream());
    }

    static ObjectNode of(Recording recording) {
        return new ConverseAsked(recording).asked();
    }

    private ObjectNode asked() {
        if (!body.path("system").isEmpty()) {
            OpenAiShapes.message(request, "system").set("content", parts(body.path("system")));
        }
        body.path("messages").forEach(this::turn);
        sampling(body.path("inferenceConfig"));
        tools(body.path("toolConfig"));
        format(body.at("/outputConfig/textFormat/structure/jsonSchema"));
        JsonNode additional = body.path("additionalModelRequestFields");
        copy(additional.path("thinking"), "thinking", request);
        copy(additional.at("/inferenceConfig/topK"), "top_k", request);
        copy(body.path("guardrailConfig"), "guardrailConfig", request);
        return request;
    }

    private void turn(JsonNode message) {
        ArrayNode others = OpenAiShapes.array();
        for (JsonNode block : message.path("content")) {
            if (block.has("toolResult") && message.path("role").asText().equals("user")) {
                result(block.path("toolResult"));
            } else {
                others.add(block);
            }
        }
        if (message.path("role").asText().equals("assistant")) {
            assistant(others);
        } else if (!others.isEmpty()) {
            OpenAiShapes.message(request, "user").set("content", parts(others));
        }
    }

    private void result(JsonNode result) {
        ArrayNode parts = OpenAiShapes.array();
        for (JsonNode block : result.path("content")) {
            parts.add(block.has("json") ? OpenAiShapes.text(block.path("json").toString()) : part(block));
        }
        OpenAiShapes.message(request, "tool")
                .put("tool_call_id", result.path("toolUseId").asText())
                .set("content", parts);
    }

    private void assistant(ArrayNode blocks) {
        ObjectNode message = OpenAiShapes.message(request, "assistant");
        ArrayNode said = OpenAiShapes.array();
        for (JsonNode block : blocks) {
            if (block.at("/toolUse/type").asText().equals("server_tool_use") || block.has("toolResult")) {
                continue; // done by the provider: nothing that a client calls or answers
            }
            if (block.has("toolUse")) {
                JsonNode use = block.path("toolUse");
                message.withArray("tool_calls")
                        .add(OpenAiShapes.call(use.path("toolUseId").asText(), use.path("name").asText(), use.path("input")));
            } else if (block.has("reasoningContent")) {
                message.withArray("thinking_blocks").add(thoughts(block.path("reasoningContent")));
            } else if (block.has("text")) {
                said.add(part(block));
            }
        }
        if (!said.isEmpty()) {
            message.set("content", said);
        }
    }

    private static ObjectNode thoughts(JsonNode content) {
        ObjectNode block = OpenAiShapes.object();
        if (content.has("redactedContent")) {
            return block.put("type", "redacted_thinking").put("data", content.path("redactedContent").asText());
        }
        JsonNode text = content.path("reasoningText");
        copy(text.path("signature"), "signature", block);
        return block.put("type", "thinking").put("thinking", text.path("text").asText());
    }

    /// A cache point is a mark on the part before it.
    private static ArrayNode parts(JsonNode blocks) {
        ArrayNode parts = OpenAiShapes.array();
        for (JsonNode block : blocks) {
            if (block.has("cachePoint")) {
                ((ObjectNode) parts.get(parts.size() - 1)).putObject("cache_control").put("type", "ephemeral");
            } else {
                parts.add(part(block));
            }
        }
        return parts;
    }

    private static ObjectNode part(JsonNode block) {
        if (block.has("image")) {
            return OpenAiShapes.image(url(block.path("image")));
        }
        if (block.has("video")) {
            return OpenAiShapes.video(url(block.path("video")));
        }
        if (block.has("document")) {
            return OpenAiShapes.file(block.at("/document/name").asText(), url(block.path("document")));
        }
        return OpenAiShapes.text(block.has("guardContent") ? block.at("/guardContent/text/text").asText() : block.path("text").asText());
    }

    private static String url(JsonNode media) {
        JsonNode source = media.path("source");
        return source.has("s3Location")
                ? source.at("/s3Location/uri").asText()
                : "data:" + MEDIA_TYPES.get(media.path("format").asText()) + ";base64," + source.path("bytes").asText();
    }

    private void sampling(JsonNode config) {
        copy(config.path("maxTokens"), "max_tokens", request);
        copy(config.path("temperature"), "temperature", request);
        copy(config.path("topP"), "top_p", request);
        if (!config.path("stopSequences").isEmpty()) {
            request.set("stop", config.path("stopSequences"));
        }
    }

    private void tools(JsonNode config) {
        for (JsonNode tool : config.path("tools")) {
            JsonNode spec = tool.path("toolSpec");
            request.withArray("tools")
                    .add(
                            spec.isMissingNode()
                                    ? tool
                                    : OpenAiShapes.function(
                                            spec.path("name").asText(), spec.path("description"), spec.at("/inputSchema/json")));
        }
        JsonNode choice = config.path("toolChoice");
        if (choice.has("any")) {
            request.put("tool_choice", "required");
        } else if (choice.has("auto")) {
            request.put("tool_choice", "auto");
        }
    }

    private void format(JsonNode schema) {
        if (schema.isMissingNode()) {
            return;
        }
        OpenAiShapes.schema(request, schema.path("name").asText(), OpenAiShapes.parsed(schema.path("schema").asText()));
        copy(schema.path("description"), "description", (ObjectNode) request.at("/response_format/json_schema"));
    }
}
