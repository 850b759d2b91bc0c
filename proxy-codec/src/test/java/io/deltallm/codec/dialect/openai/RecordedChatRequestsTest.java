package io.deltallm.codec.dialect.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests that real clients sent, read into the hub and written again for the same host: nothing is lost but what the
/// host's clients may write in two ways.
class RecordedChatRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private static final String PICTURE_IN_RESULT = "ollama-openai-chat-2be5c42f1c";

    static Stream<Recording> sent() {
        return RecordedChats.all()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> recording.request().path("body").isObject())
                // A picture in a tool's result goes into a message of its own: tested by itself.
                .filter(recording -> !recording.id().equals(PICTURE_IN_RESULT));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void bringsEveryRequestBackAsItWas(Recording recording) throws JsonProcessingException {
        ObjectNode body = (ObjectNode) recording.request().path("body").deepCopy();
        body.put("model", body.path("model").asText("m"));
        List<String> lost = new ArrayList<>();
        UpstreamCall call = new UpstreamCall(
                body.path("model").asText(), provider(recording), quirks(recording.provider()), 4096, lost::add);

        JsonOutput out = new JsonOutput();
        new ChatCompletions().writeRequest(read(body.toString()), call, out);

        assertThat(sorted(usual((ObjectNode) JSON.readTree(out.toString())))).isEqualTo(sorted(usual(body)));
        assertThat(lost).isEmpty();
    }

    private static String sorted(ObjectNode body) throws JsonProcessingException {
        return SORTED.writeValueAsString(JSON.treeToValue(body, Map.class));
    }

    private static String provider(Recording recording) {
        return recording.provider().equals("vercel") ? "vercel_ai_gateway" : recording.provider();
    }

    private static Set<Quirk> quirks(String provider) {
        return switch (provider) {
            case "mistral" -> Set.of(Quirk.RANDOM_SEED, Quirk.NO_STREAM_OPTIONS, Quirk.CONTENT_LISTS);
            default -> Set.of();
        };
    }

    private static ChatRequest read(String body) {
        JsonCursor cursor = new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8));
        return new ChatCompletions().readRequest(cursor, PathCall.NONE);
    }

    /// The one way to write what may be written in several.
    private static ObjectNode usual(ObjectNode body) {
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
