package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.responses.Transcript.Summary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What real providers answered, against a straightforward walk of the same reply; and through the hub back to a client.
class RecordedRepliesTest {

    static List<Recording> replies() {
        List<Recording> replies = Recordings.of(List.of("openai", "azure", "xai", "deepseek", "openrouter", "bedrock")).stream()
                .filter(recording -> recording.api().endsWith(".responses") || recording.api().endsWith(".openai-responses")
                        || (recording.api().equals("openai.responses.retrieve") && recording.stream()))
                .filter(recording -> recording.status() == 200)
                .filter(recording -> !response(recording).path("status").asText().equals("queued"))
                .toList();
        assertThat(replies).hasSizeGreaterThan(25);
        return replies;
    }

    /// The whole response: the body, or what the last event holds, with the items as their own events have them: OpenAI
    /// encrypts thoughts anew for its last event.
    private static JsonNode response(Recording recording) {
        if (!recording.eventStream()) {
            return Transcript.json(recording.body());
        }
        List<JsonNode> events = Transcript.data(recording.body());
        ObjectNode response = events.getLast().path("response").deepCopy();
        ArrayNode output = response.putArray("output");
        events.stream()
                .filter(event -> event.path("type").asText().equals("response.output_item.done"))
                .forEach(event -> output.add(event.path("item")));
        return response;
    }

    @ParameterizedTest
    @MethodSource("replies")
    void readsWhatAWalkOfTheReplyFinds(Recording recording) {
        Summary read = Transcript.sum(Transcript.read(recording.body(), recording.eventStream()));

        assertThat(read).isEqualTo(walk(response(recording)));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void readsTheSameHoweverTheBytesAreCut(Recording recording) {
        List<ChatEvent> whole = Transcript.read(recording.body(), recording.eventStream());

        assertThat(Transcript.read(recording.body(), recording.eventStream(), 1)).isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void writesToAClientWhatTheProviderSaid(Recording recording) {
        List<ChatEvent> events = Transcript.read(recording.body(), recording.eventStream());

        JsonNode plain = Transcript.json(Transcript.write(events, Transcript.call(false)));
        String stream = Transcript.write(events, Transcript.call(true));

        assertThat(walk(plain)).isEqualTo(walk(response(recording)));
        assertThat(plain.path("status")).isEqualTo(response(recording).path("status"));
        assertThat(plain.path("model")).isEqualTo(response(recording).path("model"));
        LadderCheck.walk(stream);
        assertThat(Transcript.data(stream).getLast().path("response")).isEqualTo(plain);
        assertThat(Transcript.sum(Transcript.read(stream, true))).isEqualTo(Transcript.sum(events));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void writesRepliesOfTheFormThatOpenAiPublishes(Recording recording) {
        List<ChatEvent> events = Transcript.read(recording.body(), recording.eventStream());

        OpenAiSchema.check("Response", Transcript.json(Transcript.write(events, Transcript.call(false))));
        Transcript.data(Transcript.write(events, Transcript.call(true)))
                .forEach(event -> OpenAiSchema.check("ResponseStreamEvent", event));
    }

    private static Summary walk(JsonNode response) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        StringBuilder refusal = new StringBuilder();
        List<String> proofs = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (JsonNode item : response.path("output")) {
            switch (item.path("type").asText()) {
                case "message" -> {
                    for (JsonNode part : item.path("content")) {
                        text.append(part.path("text").asText());
                        refusal.append(part.path("refusal").asText());
                        part.path("annotations").forEach(annotation -> others.add(nested(annotation)));
                    }
                }
                case "reasoning" -> {
                    thoughts.append(thoughts(item));
                    if (item.hasNonNull("encrypted_content")) {
                        proofs.add(item.path("encrypted_content").asText());
                    }
                }
                case "function_call" -> calls.add(item.path("call_id").asText() + " " + item.path("name").asText()
                        + Transcript.json(item.path("arguments").asText()));
                default -> others.add(item.toString());
            }
        }
        return new Summary(text.toString(), thoughts.toString(), refusal.toString(), proofs, calls, others,
                usage(response.path("usage")), reason(response, !calls.isEmpty()));
    }

    private static Usage usage(JsonNode usage) {
        return new Usage(
                usage.path("input_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                usage.path("total_tokens").asLong(),
                usage.path("input_tokens_details").path("cached_tokens").asLong(),
                usage.path("input_tokens_details").path("cache_write_tokens").asLong(),
                usage.path("output_tokens_details").path("reasoning_tokens").asLong(),
                0,
                0,
                false);
    }

    private static String thoughts(JsonNode item) {
        StringJoiner summary = new StringJoiner("\n\n");
        item.path("summary").forEach(part -> summary.add(part.path("text").asText()));
        if (summary.length() > 0) {
            return summary.toString();
        }
        StringJoiner content = new StringJoiner("\n\n");
        item.path("content").forEach(part -> content.add(part.path("text").asText()));
        return content.toString();
    }

    private static String nested(JsonNode annotation) {
        String type = annotation.path("type").asText();
        var inner = Transcript.JSON.createObjectNode();
        for (Iterator<String> names = annotation.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equals("type")) {
                inner.set(name, annotation.path(name));
            }
        }
        return Transcript.JSON.createObjectNode().put("type", type).set(type, inner).toString();
    }

    private static FinishReason reason(JsonNode response, boolean calls) {
        if (response.path("status").asText().equals("completed")) {
            return calls ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        }
        boolean filtered = response.path("incomplete_details").path("reason").asText().equals("content_filter");
        return filtered ? FinishReason.CONTENT_FILTER : FinishReason.LENGTH;
    }
}
