package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.HeardEvents;
import io.deltallm.codec.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.call;
import static io.deltallm.codec.dialect.AChat.everySampling;
import static io.deltallm.codec.dialect.AChat.result;
import static org.assertj.core.api.Assertions.assertThat;

class CohereChatTest {
    private final CohereChat dialect = new CohereChat();

    @Test
    void writesAConversationWithTools() {
        var chat = aChat().says(Role.DEVELOPER, "Be brief.")
                .says(Role.USER, "Weather in \"Paris\"?")
                .turn(
                        Role.ASSISTANT,
                        new Part.Thinking("I ask.", null, null),
                        call("w_1", "weather", "{\"city\":\"Paris\"}"))
                .turn(Role.TOOL, result("w_1", "sunny"))
                .tool("weather", "{\"type\":\"object\"}")
                .choosing(new ToolChoice.Required())
                .streamed();

        assertThat(chat.writtenBy(dialect))
                .isEqualTo("{\"model\":\"m\",\"stream\":true,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Weather in \\\"Paris\\\"?\"},"
                        + "{\"role\":\"assistant\",\"tool_plan\":\"I ask.\",\"tool_calls\":[{\"id\":\"w_1\","
                        + "\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"w_1\",\"content\":\"sunny\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"description\":\"Does weather\",\"parameters\":{\"type\":\"object\"}}}],"
                        + "\"tool_choice\":\"REQUIRED\"}");
        assertThat(chat.lost()).isEmpty();
    }

    @Test
    void choosesANamedToolByLeavingOutTheOthers() {
        String body = aChat().says(Role.USER, "Hi")
                .tool("weather", "{}")
                .tool("time", "{}")
                .choosing(new ToolChoice.Named("time"))
                .writtenBy(dialect);

        assertThat(body).contains("\"name\":\"time\"").doesNotContain("weather").contains("\"tool_choice\":\"REQUIRED\"");
    }

    @Test
    void writesNoEmptyListsWhereOtherFormatsHadSomething() {
        Part foreign = new Part.Opaque("messages", RawJson.ofLiteral("{\"type\":\"x\"}"));
        var chat = aChat().says(Role.USER, "Hi")
                .turn(Role.ASSISTANT, foreign)
                .turn(Role.ASSISTANT, new Part.RedactedThinking("zz", null), call("c", "f", "{}"))
                .turn(Role.TOOL, result("c", "r"))
                .choosing(new ToolChoice.Named("gone"))
                .tool("f", "{}");

        assertThat(chat.writtenBy(dialect))
                .contains("{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"assistant\",\"tool_calls\":[")
                .doesNotContain("[]", "\"tools\"", "tool_choice");
        assertThat(chat.lost()).contains("messages[1].content", "messages[2].content");
    }

    @Test
    void renamesWhatSamplingCanSayAndTellsTheRestAsLost() {
        var chat = aChat().says(Role.USER, "Hi").sampling(everySampling()).of("u1").oneToolAtATime().with("store", "true");

        assertThat(chat.writtenBy(dialect))
                .endsWith("\"max_tokens\":100,\"temperature\":0.5,\"seed\":7,\"frequency_penalty\":0.1,"
                        + "\"presence_penalty\":0.2,\"p\":0.9,\"k\":40,\"stop_sequences\":[\"END\"]}");
        assertThat(chat.lost())
                .containsExactly("parallel_tool_calls", "n", "logit_bias", "logprobs", "user", "store");
    }

    @Test
    void writesPicturesThoughtsSchemasAndItsOwnFields() {
        String body = aChat().turn(
                        Role.USER,
                        Part.Text.of("What is it?"),
                        new Part.Image(new Media.Inline("image/png", "aGk="), "low", null))
                .turn(Role.ASSISTANT, new Part.Thinking("Hm.", null, null), Part.Text.of("A cat."))
                .formatted(new ResponseFormat.JsonSchema("s", null, RawJson.ofLiteral("{\"type\":\"object\"}"), true))
                .thinking(null, 500L)
                .with("documents", "[{\"id\":\"1\"}]")
                .writtenBy(dialect);

        assertThat(body)
                .contains("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\",\"detail\":\"low\"}}")
                .contains("\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\"},{\"type\":\"text\",\"text\":\"A cat.\"}]")
                .contains("\"response_format\":{\"type\":\"json_object\",\"json_schema\":{\"type\":\"object\"}}")
                .contains("\"thinking\":{\"type\":\"enabled\",\"token_budget\":500}")
                .contains("\"documents\":[{\"id\":\"1\"}]");
    }

    @Test
    void tellsAStreamCutShortAsAFailure() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                "event: content-delta\ndata: {\"type\":\"content-delta\",\"index\":0,"
                        + "\"delta\":{\"message\":{\"content\":{\"text\":\"Hi\"}}}}\n\n");

        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.reason()).isNull();
        assertThat(heard.failure()).isNotNull();
    }

    @Test
    void tellsAnErrorInsideOfAStream() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"error\":\"it broke\","
                        + "\"finish_reason\":\"ERROR\"}}\n\n");

        assertThat(heard.failure())
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_FAILED, "it broke");
    }

    @Test
    void tellsSourcesThatHaveAnAddress() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                false,
                "{\"id\":\"1\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"Ruby\"}],\"citations\":["
                        + "{\"start\":0,\"end\":4,\"text\":\"Ruby\",\"sources\":[{\"type\":\"document\",\"id\":\"d\","
                        + "\"document\":{\"title\":\"R\",\"url\":\"https://r.example\"}},"
                        + "{\"type\":\"document\",\"id\":\"e\",\"document\":{\"title\":\"none\"}}]}]},"
                        + "\"finish_reason\":\"COMPLETE\"}");

        assertThat(heard.lines())
                .filteredOn(line -> line.startsWith("Cited"))
                .containsExactly("Cited[choice=0, annotation={\"type\":\"url_citation\",\"url_citation\":{"
                        + "\"start_index\":0,\"end_index\":4,\"url\":\"https://r.example\",\"title\":\"R\"}}]");
    }

    @Test
    void readsEveryRecordedReply() {
        int read = 0;
        for (Recording recording : Recordings.of(List.of("cohere"))) {
            if (recording.api().equals("cohere.chat") && recording.status() == 200) {
                HeardEvents heard = HeardEvents.of(dialect, recording.stream(), recording.body());
                assertThat(heard.failure()).as(recording.id()).isNull();
                assertThat(heard.reason()).as(recording.id()).isNotNull();
                assertThat(heard.usage()).as(recording.id()).isNotNull();
                assertThat(heard.text().isEmpty() && heard.thoughts().isEmpty() && heard.tools().isEmpty())
                        .as(recording.id())
                        .isFalse();
                read++;
            }
        }
        assertThat(read).isEqualTo(12);
    }

    @Test
    void readsRecordedToolCallsWithTheirPlan() {
        HeardEvents plain = recorded("cohere-chat-ebe338e37b");
        HeardEvents streamed = recorded("cohere-chat-stream-c1b7133d18");

        assertThat(plain.tools())
                .containsExactly(
                        "get_time_dp3men9jrvhf get_time {\"location\":\"Tokyo\"}",
                        "get_weather_d7arjgsc96yf get_weather {\"location\":\"Tokyo\"}");
        assertThat(plain.thoughts()).isEqualTo("I will search for the current time and weather in Tokyo.");
        assertThat(plain.reason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(plain.usage()).isEqualTo(Usage.of(968, 83, 1051, 0, 0, false));
        assertThat(streamed.tools()).hasSize(2);
        assertThat(streamed.tools().getLast()).matches("get_weather_\\w+ get_weather \\{\\s*\"location\": \"Tokyo\"\\s*}");
        assertThat(streamed.reason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void countsPicturesAndCachedTokensAsPrompt() {
        assertThat(recorded("cohere-chat-8a8cfff3ae").usage()).isEqualTo(Usage.of(293, 56, 349, 0, 0, false));
        assertThat(recorded("cohere-chat-aacc9bd395").usage())
                .isEqualTo(Usage.of(1430, 1786, 3216, 1392, 1516, false));
    }

    @Test
    void tellsAPromptThatIsTooLong() {
        Recording recording = recording("cohere-chat-a46ad96ab8");

        var error = HeardEvents.error(dialect, recording.status(), recording.body());

        assertThat(error.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(error.message()).startsWith("too many tokens: size limit exceeded by 25836 tokens.");
    }

    private HeardEvents recorded(String id) {
        Recording recording = recording(id);
        return HeardEvents.of(dialect, recording.stream(), recording.body());
    }

    private static Recording recording(String id) {
        return Recordings.of(List.of("cohere")).stream()
                .filter(recording -> recording.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
