package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What real clients asked for, read into the hub and written again: the same, up to what [#canonical] gives reasons for.
class RecordedRequestsTest {
    private static final Set<String> OPERATIONS = Set.of("responses", "openai-responses");

    private static List<Recording> all() {
        return Recordings.of(List.of("openai", "azure", "xai", "deepseek", "openrouter", "bedrock")).stream()
                .filter(recording -> OPERATIONS.contains(recording.api().substring(recording.api().indexOf('.') + 1)))
                .filter(recording -> recording.request().path("body").has("input"))
                .toList();
    }

    static List<Recording> requests() {
        List<Recording> requests = all().stream()
                .filter(recording -> !hasState(recording))
                // Made to be refused: a tool and a choice of a chat's form.
                .filter(recording -> !recording.id().equals("openai-responses-stream-4483965f5d"))
                .toList();
        assertThat(requests).hasSizeGreaterThan(30);
        return requests;
    }

    private static boolean hasState(Recording recording) {
        JsonNode body = recording.request().path("body");
        return body.hasNonNull("previous_response_id") || body.path("background").asBoolean();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void writesWhatItRead(Recording recording) {
        List<String> losses = new ArrayList<>();
        JsonNode body = recording.request().path("body");
        JsonOutput out = new JsonOutput();

        Transcript.RESPONSES.writeRequest(read(body), Transcript.target(recording.provider(), losses), out);

        assertThat(canonical(Transcript.json(out.toString()))).isEqualTo(canonical(body));
        assertThat(losses).isEmpty();
    }

    @Test
    void refusesRecordedRequestsThatReferToStateOfTheProvider() {
        List<Recording> stateful = all().stream().filter(RecordedRequestsTest::hasState).toList();

        assertThat(stateful).isNotEmpty().allSatisfy(recording ->
                assertThatThrownBy(() -> read(recording.request().path("body")))
                        .isInstanceOfSatisfying(Refused.class, refused ->
                                assertThat(refused.error().param()).isIn("previous_response_id", "background")));
    }

    private static ChatRequest read(JsonNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return Transcript.RESPONSES.readRequest(new JsonCursor().over(bytes), PathCall.NONE);
    }

    private static JsonNode canonical(JsonNode request) {
        ObjectNode body = request.deepCopy();
        // The target's name, and what every translated call asks for.
        body.remove(List.of("model", "include", "store"));
        List<String> unsaid = new ArrayList<>();
        body.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                unsaid.add(field.getKey());
            }
        });
        body.remove(unsaid);
        dropDefaults(body);
        ArrayNode items = Transcript.JSON.createArrayNode();
        if (body.path("input").isTextual()) {
            items.addObject().put("role", "user").set("content", parts(body.path("input")));
        } else {
            body.path("input").forEach(item -> canonicalItem(item, items));
        }
        // A first system message is what `instructions` are.
        if (body.hasNonNull("instructions")) {
            items.insertObject(0).put("role", "system").set("content", parts(body.remove("instructions")));
        }
        body.set("input", items);
        body.path("tools").forEach(tool -> canonicalTool((ObjectNode) tool));
        return body;
    }

    private static void dropDefaults(ObjectNode body) {
        if (!body.path("stream").asBoolean()) {
            body.remove("stream");
        }
        if (body.path("tools").isEmpty()) {
            body.remove(List.of("tools", "tool_choice", "parallel_tool_calls"));
        }
        if (body.path("reasoning").has("summary") && body.path("reasoning").path("summary").isNull()) {
            ((ObjectNode) body.path("reasoning")).remove("summary");
        }
    }

    /// Unsaid is true where the schema is closed; OpenAI closes the others itself.
    private static void canonicalTool(ObjectNode tool) {
        if (tool.path("type").asText().equals("function")) {
            tool.put("strict", tool.path("strict").asBoolean(tool.path("parameters").has("additionalProperties")));
            if (!tool.hasNonNull("description")) {
                tool.remove("description");
            }
        }
    }

    private static void canonicalItem(JsonNode item, ArrayNode items) {
        ObjectNode canonical = item.deepCopy();
        String type = item.path("type").asText("message");
        if (type.equals("message")) {
            // Ids and progress of what is only repeated.
            canonical.remove(List.of("type", "id", "status"));
            canonical.set("content", parts(item.path("content")));
        } else if (type.equals("function_call")) {
            canonical.remove(List.of("id", "status"));
            canonical.set("arguments", Transcript.json(item.path("arguments").asText()));
        } else if (type.equals("function_call_output")) {
            canonical.set("output", parts(item.path("output")));
        } else if (type.equals("reasoning")) {
            canonicalThoughts(canonical);
        }
        items.add(canonical);
    }

    private static void canonicalThoughts(ObjectNode item) {
        if (item.path("encrypted_content").isNull()) {
            item.remove("encrypted_content");
        }
        if (item.path("summary").isEmpty()) {
            item.remove("summary");
        }
    }

    /// A string is one text; sources are of no use to the model.
    private static ArrayNode parts(JsonNode content) {
        ArrayNode parts = Transcript.JSON.createArrayNode();
        if (content.isTextual()) {
            parts.addObject().put("type", "text").set("text", content);
            return parts;
        }
        content.forEach(part -> {
            ObjectNode canonical = part.deepCopy();
            canonical.remove("annotations");
            if (part.path("type").asText().endsWith("put_text")) {
                canonical.set("type", TextNode.valueOf("text"));
            }
            parts.add(canonical);
        });
        return parts;
    }
}
