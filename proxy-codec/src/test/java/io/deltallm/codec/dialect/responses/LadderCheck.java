package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/// Walks a stream of the Responses API as a client that trusts nothing: every number follows the one before, everything
/// that is added is done, every `done` event holds what the deltas said, and the last event holds all items.
final class LadderCheck {
    private final Map<Integer, JsonNode> open = new TreeMap<>();
    private final Map<Integer, JsonNode> done = new TreeMap<>();
    private final Map<String, StringBuilder> texts = new HashMap<>();
    private final Map<String, Boolean> parts = new HashMap<>();
    private boolean ended;

    static void walk(String stream) {
        new LadderCheck().events(stream);
    }

    private void events(String stream) {
        assertThat(stream).endsWith("\n\n").doesNotContain("[DONE]");
        List<String> blocks = List.of(stream.split("\n\n"));
        for (int i = 0; i < blocks.size(); i++) {
            String[] lines = blocks.get(i).split("\n");
            assertThat(lines).hasSize(2);
            JsonNode data = Transcript.json(lines[1].substring("data: ".length()));
            assertThat(lines[0]).isEqualTo("event: " + data.path("type").asText());
            assertThat(data.path("sequence_number").asInt(-1)).as(blocks.get(i)).isEqualTo(i);
            assertThat(ended).as("an event after the last").isFalse();
            event(data, i);
        }
        assertThat(ended).as("a last event").isTrue();
    }

    private void event(JsonNode data, int number) {
        String type = data.path("type").asText();
        assertThat(type.equals("response.created")).isEqualTo(number == 0);
        assertThat(type.equals("response.in_progress")).isEqualTo(number == 1);
        switch (type) {
            case "response.created", "response.in_progress" ->
                assertThat(data.path("response").path("status").asText()).isEqualTo("in_progress");
            case "response.output_item.added" -> added(data);
            case "response.output_item.done" -> done(data);
            case "response.content_part.added" -> partAdded(data, "content_index");
            case "response.reasoning_summary_part.added" -> partAdded(data, "summary_index");
            case "response.content_part.done" -> partDone(data, "content_index");
            case "response.reasoning_summary_part.done" -> partDone(data, "summary_index");
            case "response.output_text.delta", "response.refusal.delta" -> delta(data, "content_index");
            case "response.reasoning_summary_text.delta" -> delta(data, "summary_index");
            case "response.function_call_arguments.delta", "response.custom_tool_call_input.delta" -> delta(data, "");
            case "response.custom_tool_call_input.done" -> whole(data, "", "input");
            case "response.output_text.done" -> whole(data, "content_index", "text");
            case "response.refusal.done" -> whole(data, "content_index", "refusal");
            case "response.reasoning_summary_text.done" -> whole(data, "summary_index", "text");
            case "response.function_call_arguments.done" -> argumentsDone(data);
            case "response.output_text.annotation.added" -> inOpenItem(data);
            case "response.completed", "response.incomplete", "response.failed" -> last(data);
            default -> throw new AssertionError("an event of an unknown type: " + type);
        }
    }

    private void added(JsonNode data) {
        int index = data.path("output_index").asInt(-1);
        assertThat(index).as("items are added in order").isEqualTo(open.size() + done.size());
        open.put(index, data.path("item"));
    }

    private void done(JsonNode data) {
        int index = data.path("output_index").asInt(-1);
        JsonNode begun = openItem(data);
        open.remove(index);
        assertThat(data.path("item").path("id")).isEqualTo(begun.path("id"));
        assertThat(data.path("item").path("type")).isEqualTo(begun.path("type"));
        assertThat(parts.entrySet().stream().noneMatch(part -> part.getKey().startsWith(index + "/") && part.getValue()))
                .as("no part of it is open").isTrue();
        done.put(index, data.path("item"));
    }

    private void inOpenItem(JsonNode data) {
        assertThat(data.path("item_id")).isEqualTo(openItem(data).path("id"));
    }

    private JsonNode openItem(JsonNode data) {
        JsonNode item = open.getOrDefault(data.path("output_index").asInt(-1), MissingNode.getInstance());
        assertThat(item.isMissingNode()).as("the item of " + data + " was never added").isFalse();
        return item;
    }

    private static String key(JsonNode data, String index) {
        return data.path("output_index").asInt(-1) + "/" + (index.isEmpty() ? 0 : data.path(index).asInt(-1));
    }

    private void partAdded(JsonNode data, String index) {
        inOpenItem(data);
        assertThat(parts.put(key(data, index), true)).as("added once").isNull();
    }

    private void partDone(JsonNode data, String index) {
        inOpenItem(data);
        assertThat(parts.put(key(data, index), false)).as("was open").isEqualTo(true);
        JsonNode part = data.path("part");
        assertThat(part.path(part.has("refusal") ? "refusal" : "text").asText())
                .isEqualTo(text(data, index));
    }

    /// What the deltas said.
    private String text(JsonNode data, String index) {
        return String.valueOf(texts.get(key(data, index)));
    }

    private void delta(JsonNode data, String index) {
        inOpenItem(data);
        if (!index.isEmpty()) {
            assertThat(parts.get(key(data, index))).as("the part is open").isEqualTo(true);
        }
        assertThat(data.path("delta").isTextual()).isTrue();
        texts.computeIfAbsent(key(data, index), _ -> new StringBuilder()).append(data.path("delta").asText());
    }

    private void whole(JsonNode data, String index, String member) {
        inOpenItem(data);
        assertThat(data.path(member).asText()).isEqualTo(text(data, index));
    }

    private void argumentsDone(JsonNode data) {
        inOpenItem(data);
        StringBuilder pieces = texts.get(key(data, ""));
        assertThat(data.path("arguments").asText()).isEqualTo(pieces == null ? "{}" : pieces.toString());
        assertThat(data.path("name")).isEqualTo(openItem(data).path("name"));
    }

    private void last(JsonNode data) {
        ended = true;
        JsonNode response = data.path("response");
        assertThat(data.path("type").asText()).isEqualTo("response." + response.path("status").asText());
        assertThat(open).as("items that are never done").isEmpty();
        ArrayNode items = Transcript.JSON.createArrayNode();
        done.values().forEach(items::add);
        assertThat(response.path("output")).isEqualTo(items);
    }
}
