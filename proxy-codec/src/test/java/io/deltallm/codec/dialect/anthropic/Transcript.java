package io.deltallm.codec.dialect.anthropic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/// A second, straightforward reading of Anthropic's replies by a JSON library, and the forms in which replies and
/// requests are compared.
public final class Transcript {
    static final ObjectMapper JSON = new ObjectMapper();

    private Transcript() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    static List<JsonNode> events(String sse) {
        List<JsonNode> events = new ArrayList<>();
        sse.lines().filter(line -> line.startsWith("data:")).forEach(line -> events.add(json(line.substring(5))));
        return events;
    }

    /// The message that the events of a stream make.
    static ObjectNode message(List<JsonNode> events) {
        ObjectNode message = JSON.createObjectNode();
        ArrayNode content = JSON.createArrayNode();
        StringBuilder input = new StringBuilder();
        for (JsonNode event : events) {
            switch (event.path("type").asText()) {
                case "message_start" -> message = event.path("message").deepCopy();
                case "content_block_start" -> {
                    assertThat(event.path("index").asInt()).as("blocks in order").isEqualTo(content.size());
                    content.add(event.path("content_block").deepCopy());
                    input.setLength(0);
                }
                case "content_block_delta" -> delta(
                        (ObjectNode) content.get(event.path("index").asInt()), event.path("delta"), input);
                case "content_block_stop" -> {
                    if (!input.isEmpty()) {
                        ((ObjectNode) content.get(event.path("index").asInt())).set("input", json(input.toString()));
                    }
                }
                case "message_delta" -> {
                    message.setAll((ObjectNode) event.path("delta"));
                    ((ObjectNode) message.path("usage")).setAll((ObjectNode) event.path("usage"));
                }
                default -> {}
            }
        }
        message.set("content", content);
        return message;
    }

    private static void delta(ObjectNode block, JsonNode delta, StringBuilder input) {
        switch (delta.path("type").asText()) {
            case "text_delta" -> append(block, "text", delta);
            case "thinking_delta" -> append(block, "thinking", delta);
            case "signature_delta" -> append(block, "signature", delta);
            case "input_json_delta" -> input.append(delta.path("partial_json").asText());
            case "citations_delta" -> block.withArray("citations").add(delta.path("citation"));
            default -> throw new AssertionError("unexpected " + delta);
        }
    }

    private static void append(ObjectNode block, String field, JsonNode delta) {
        block.put(field, block.path(field).asText() + delta.path(field).asText());
    }

    /// A reply with nothing but what the hub carries: see the package's "What is lost".
    static JsonNode carried(ObjectNode reply) {
        ObjectNode message = reply.deepCopy();
        message.retain("id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage");
        ObjectNode usage = (ObjectNode) message.path("usage");
        for (String zero : List.of("cache_creation_input_tokens", "cache_read_input_tokens")) {
            if (!usage.has(zero)) {
                usage.put(zero, 0);
            }
        }
        usage.retain(
                "input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens",
                "output_tokens_details");
        ArrayNode joined = JSON.createArrayNode();
        message.path("content").forEach(block -> joinText(joined, block.deepCopy()));
        message.set("content", joined);
        return message;
    }

    /// The hub's texts have no borders between them.
    private static void joinText(ArrayNode joined, ObjectNode block) {
        block.remove("caller");
        if (block.path("citations").isEmpty()) {
            block.remove("citations");
        }
        JsonNode last = joined.isEmpty() ? JSON.createObjectNode() : joined.get(joined.size() - 1);
        if (block.path("type").asText().equals("text") && last.path("type").asText().equals("text")) {
            append((ObjectNode) last, "text", block);
            block.path("citations").forEach(((ObjectNode) last).withArray("citations")::add);
        } else {
            joined.add(block);
        }
    }

    /// A request in the longer of two ways to say the same.
    public static ObjectNode spelledOut(JsonNode body) {
        ObjectNode request = body.deepCopy();
        if (!request.path("stream").asBoolean()) {
            request.remove("stream");
        }
        if (request.has("temperature")) {
            request.put("temperature", request.get("temperature").asDouble());
        }
        if (request.has("system")) {
            request.set("system", blocks(request.get("system")));
        }
        for (String list : List.of("system", "tools")) {
            if (request.path(list).isEmpty()) {
                request.remove(list);
            }
        }
        if (!request.path("tool_choice").path("disable_parallel_tool_use").asBoolean(false)
                && request.get("tool_choice") instanceof ObjectNode choice) {
            choice.remove("disable_parallel_tool_use");
        }
        request.set("messages", turns(request.path("messages")));
        return request;
    }

    private static ArrayNode turns(JsonNode messages) {
        ArrayNode turns = JSON.createArrayNode();
        for (JsonNode message : messages) {
            ArrayNode content = blocks(message.path("content"));
            JsonNode last = turns.isEmpty() ? JSON.createObjectNode() : turns.get(turns.size() - 1);
            if (last.path("role").equals(message.path("role"))) {
                ((ArrayNode) last.path("content")).addAll(content);
            } else {
                ObjectNode turn = message.deepCopy();
                turn.set("content", content);
                turns.add(turn);
            }
        }
        return turns;
    }

    private static ArrayNode blocks(JsonNode content) {
        if (content instanceof ArrayNode list) {
            for (JsonNode block : list) {
                if (block.path("type").asText().equals("tool_result") && block.has("content")) {
                    ((ObjectNode) block).set("content", blocks(block.get("content")));
                }
                if (!block.path("is_error").asBoolean(true)) {
                    ((ObjectNode) block).remove("is_error");
                }
            }
            return list;
        }
        ArrayNode list = JSON.createArrayNode();
        list.addObject().put("type", "text").put("text", content.asText());
        return list;
    }
}
