package io.deltallm.codec.dialect.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Requests of OpenAI's chat format in one spelling, so that those that say the same are equal.
public final class UsualChat {

    private UsualChat() {}

    /// The one way to write what may be written in several.
    public static ObjectNode of(ObjectNode body) {
        // "false" is what a stream is when nothing is said; options are the gateway's business; old names of one limit.
        if (!body.path("stream").asBoolean()) {
            body.remove("stream");
        }
        body.remove("stream_options");
        rename(body, "max_completion_tokens", "max_tokens");
        if (body.path("stop").isTextual()) {
            body.putArray("stop").add(body.remove("stop").asText());
        }
        // Numbers without a fraction are written without one.
        List.of("temperature", "top_p", "presence_penalty", "frequency_penalty").forEach(name -> {
            if (body.path(name).isNumber()) {
                body.put(name, body.path(name).asDouble());
            }
        });
        // No tools are not sent; a choice among none neither.
        if (body.path("tools").isEmpty() && !body.has("functions")) {
            List.of("tools", "tool_choice", "parallel_tool_calls").forEach(body::remove);
        }
        legacy(body);
        // Other spellings of the same wish.
        if (body.path("tool_choice").path("type").asText().equals("tool")) {
            String name = body.path("tool_choice").path("name").asText();
            body.putObject("tool_choice").put("type", "function").putObject("function").put("name", name);
        }
        if (body.path("reasoning").has("effort")) {
            body.set("reasoning_effort", body.remove("reasoning").path("effort"));
        }
        // What "high" already says.
        if (body.has("reasoning_effort")) {
            body.remove("thinking");
        }
        body.path("tools").forEach(tool -> tool((ObjectNode) tool));
        body.path("messages").forEach(message -> message((ObjectNode) message));
        removeNulls(body);
        return body;
    }

    private static void rename(ObjectNode object, String from, String to) {
        if (object.has(from)) {
            object.set(to, object.remove(from));
        }
    }

    /// Functions of old are tools.
    private static void legacy(ObjectNode body) {
        if (body.has("functions")) {
            ArrayNode tools = body.putArray("tools");
            body.remove("functions").forEach(function -> tools.addObject().put("type", "function").set("function", function));
        }
    }

    private static void tool(ObjectNode tool) {
        tool.put("type", tool.path("type").asText("function"));
    }

    private static void message(ObjectNode message) {
        JsonNode content = message.path("content");
        if (content.size() == 1 && content.path(0).path("type").asText().equals("text") && content.path(0).path("cache_control").isMissingNode()) {
            message.put("content", content.path(0).path("text").asText());
        }
        // Saying nothing and saying an empty text are one.
        for (String name : List.of("content", "reasoning_content")) {
            boolean empty = message.path(name).isTextual() ? message.path(name).asText().isEmpty() : message.path(name).isEmpty();
            if (empty) {
                message.remove(name);
            }
        }
        // Thoughts under two names are thoughts once.
        if (message.has("reasoning") && message.path("reasoning").equals(message.path("reasoning_content"))) {
            message.remove("reasoning_content");
        }
        // A tool's name stands in its call already; an assistant's turn is complete unless said otherwise.
        if (message.path("role").asText().equals("tool")) {
            message.remove("name");
        }
        if (!message.path("prefix").asBoolean()) {
            message.remove("prefix");
        }
        if (message.path("tool_calls").isEmpty()) {
            message.remove("tool_calls");
        }
        for (JsonNode call : message.path("tool_calls")) {
            ((ObjectNode) call).remove("index");
        }
        // A detail's place and origin are the host's own notes.
        for (JsonNode detail : message.path("reasoning_details")) {
            ((ObjectNode) detail).remove(List.of("format", "index"));
        }
        message.path("content").forEach(part -> removeNulls((ObjectNode) part));
        removeNulls(message);
    }

    private static void removeNulls(ObjectNode object) {
        List<String> nulls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getValue().isNull()) {
                nulls.add(member.getKey());
            }
        }
        object.remove(nulls);
    }
}
