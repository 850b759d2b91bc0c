package io.deltallm.codec.dialect.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ClientCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// The readers on what real hosts answered, against a walk through the same bytes by a JSON library.
class RecordedChatsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Recording> answered() {
        return RecordedChats.answered();
    }

    @ParameterizedTest
    @MethodSource("answered")
    void readsWhatALibraryReads(Recording recording) throws JsonProcessingException {
        boolean streamed = RecordedChats.streamed(recording);
        Walk walk = Walk.of(objects(recording, streamed));

        Told told = Told.of(streamed, recording.body());

        assertThat(told.failure).isNull();
        assertThat(told.answers.toString()).isEqualTo(walk.answers.toString());
        expect(told.usage, walk.usage);
    }

    private static void expect(@Nullable Usage told, @Nullable JsonNode stated) {
        assertThat(told == null).isEqualTo(stated == null);
        if (stated == null || told == null) {
            return;
        }
        long prompt = stated.path("prompt_tokens").asLong();
        long completion = stated.path("completion_tokens").asLong();
        long total = stated.path("total_tokens").asLong();
        long reasoning = stated.at("/completion_tokens_details/reasoning_tokens").asLong();
        boolean beside = reasoning > 0 && total == prompt + completion + reasoning;
        assertThat(told.promptTokens()).isEqualTo(prompt);
        assertThat(told.completionTokens()).isEqualTo(beside ? completion + reasoning : completion);
        assertThat(told.totalTokens()).isEqualTo(total);
        assertThat(told.reasoningTokens()).isEqualTo(reasoning);
        assertThat(told.cachedTokens()).isGreaterThanOrEqualTo(stated.at("/prompt_tokens_details/cached_tokens").asLong());
    }

    @ParameterizedTest
    @MethodSource("answered")
    void tellsTheSameInWhateverPiecesItComes(Recording recording) {
        boolean streamed = RecordedChats.streamed(recording);
        List<String> whole = Told.of(streamed, recording.body()).events;

        for (int piece : new int[] {1, 2, 7, 61, 1460}) {
            if (piece > 1 || recording.body().length() < 60_000) {
                assertThat(Told.inPieces(streamed, recording.body(), piece).events).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("answered")
    void givesTheClientTheSameAnswerPlainAndStreamed(Recording recording) throws JsonProcessingException {
        boolean streamed = RecordedChats.streamed(recording);
        Told told = Told.of(streamed, recording.body());

        for (boolean asStream : new boolean[] {false, true}) {
            ClientCall call = new ClientCall("made-1", "asked-model", asStream, true, 1_800_000_000L);
            String written = Told.written(streamed, recording.body(), call);
            if (asStream) {
                OpenAiForm.expectStream(written, told.usage != null);
            } else {
                OpenAiForm.expectCompletion(JSON.readTree(written));
            }
            Told again = Told.of(asStream, written);

            assertThat(again.failure).isNull();
            assertThat(withoutMadeIds(again)).isEqualTo(withoutMadeIds(told));
            assertThat(again.usage).isEqualTo(told.usage == null ? null : again.usage);
            if (told.usage != null) {
                assertThat(again.usage).isEqualTo(told.usage);
            }
        }
    }

    private static String withoutMadeIds(Told told) {
        return told.answers.toString().replaceAll("call_made-1_\\d+", "");
    }

    private static List<JsonNode> objects(Recording recording, boolean streamed) throws JsonProcessingException {
        List<JsonNode> objects = new ArrayList<>();
        if (!streamed) {
            return List.of(JSON.readTree(recording.body()));
        }
        for (String line : recording.body().split("\r?\n")) {
            if (line.startsWith("data:") && !line.contains("[DONE]")) {
                objects.add(JSON.readTree(line.substring(5)));
            }
        }
        return objects;
    }

    /// A straightforward walk through a library's trees.
    private static final class Walk {
        private final Map<Integer, Told.Answer> answers = new TreeMap<>();
        private @Nullable JsonNode usage;

        static Walk of(List<JsonNode> objects) {
            Walk walk = new Walk();
            for (JsonNode object : objects) {
                object.path("choices").forEach(walk::choice);
                if (object.path("usage").has("total_tokens")) {
                    walk.usage = object.path("usage");
                } else if (object.at("/x_groq/usage").has("total_tokens")) {
                    walk.usage = object.at("/x_groq/usage");
                }
            }
            // Snowflake says with an empty word, or with none, that an answer is complete.
            walk.answers.values().stream()
                    .filter(answer -> answer.finish.isEmpty())
                    .forEach(answer -> answer.finish = answer.calls.isEmpty() ? "STOP" : "TOOL_CALLS");
            return walk;
        }

        private void choice(JsonNode choice) {
            Told.Answer answer = answers.computeIfAbsent(choice.path("index").asInt(), _ -> new Told.Answer());
            JsonNode said = choice.has("delta") ? choice.path("delta") : choice.path("message");
            content(said.path("content"), answer);
            JsonNode thoughts = said.path("reasoning_content").isTextual() ? said.path("reasoning_content") : said.path("reasoning");
            answer.thoughts.append(thoughts.asText("").equals("null") ? "" : thoughts.asText(""));
            answer.refusal.append(said.path("refusal").isTextual() ? said.path("refusal").asText() : "");
            said.path("tool_calls").forEach(call -> call(call, answer));
            if (!said.at("/function_call/name").asText("").isEmpty()) {
                function("", said.path("function_call"), 0, answer);
            }
            String finish = choice.path("finish_reason").asText("");
            if (!finish.isEmpty() && !finish.equals("null") && answer.finish.isEmpty()) {
                answer.finish = answer.calls.isEmpty() ? finish(finish) : "TOOL_CALLS";
            }
        }

        private static String finish(String finish) {
            return switch (finish) {
                case "stop", "eos" -> "STOP";
                case "length" -> "LENGTH";
                default -> throw new AssertionError(finish);
            };
        }

        private static void content(JsonNode content, Told.Answer answer) {
            if (content.isObject()) {
                answer.text.append(content);
            } else if (content.isArray()) {
                for (JsonNode part : content) {
                    answer.text.append(part.path("text").asText(""));
                    part.path("thinking").forEach(thought -> answer.thoughts.append(thought.path("text").asText()));
                }
            } else if (content.isTextual()) {
                answer.text.append(content.asText());
            }
        }

        private static void call(JsonNode call, Told.Answer answer) {
            int position = call.has("index") ? call.path("index").asInt() : answer.calls.size();
            function(call.path("id").asText(""), call.path("function"), position, answer);
        }

        private static void function(String id, JsonNode function, int position, Told.Answer answer) {
            Told.Call call = answer.calls.computeIfAbsent(
                    position, _ -> new Told.Call(id, function.path("name").asText(), new StringBuilder()));
            String arguments = function.path("arguments").asText("");
            call.arguments().append(arguments.equals("{}") ? "" : arguments);
        }
    }
}
