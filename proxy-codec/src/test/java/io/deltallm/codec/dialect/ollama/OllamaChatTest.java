package io.deltallm.codec.dialect.ollama;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.call;
import static io.deltallm.codec.dialect.AChat.everySampling;
import static io.deltallm.codec.dialect.AChat.result;
import static org.assertj.core.api.Assertions.assertThat;

class OllamaChatTest {
    private final OllamaChat dialect = new OllamaChat();

    @Test
    void writesAConversationWithPicturesAndTools() {
        var chat = aChat().says(Role.SYSTEM, "Be brief.")
                .turn(
                        Role.USER,
                        Part.Text.of("Where is it?"),
                        new Part.Image(new Media.Inline("image/png", "aGk="), null, null))
                .turn(
                        Role.ASSISTANT,
                        new Part.Thinking("Look.", null, null),
                        call("c1", "find", "{\"what\":\"it\"}"))
                .turn(Role.TOOL, result("c1", "there"))
                .tool("find", "{\"type\":\"object\"}")
                .tool("lose", "{\"type\":\"object\"}")
                .choosing(new ToolChoice.Allowed(List.of("find"), false));

        assertThat(chat.writtenBy(dialect))
                .isEqualTo("{\"model\":\"m\",\"stream\":false,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"Where is it?\",\"images\":[\"aGk=\"]},"
                        + "{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"Look.\",\"tool_calls\":[{\"id\":\"c1\","
                        + "\"function\":{\"name\":\"find\",\"arguments\":{\"what\":\"it\"}}}]},"
                        + "{\"role\":\"tool\",\"content\":\"there\",\"tool_name\":\"find\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"find\",\"description\":\"Does find\","
                        + "\"parameters\":{\"type\":\"object\"}}}],\"options\":{}}");
        assertThat(chat.lost()).isEmpty();
    }

    @Test
    void writesSamplingAsOptionsBesideThoseTheClientNames() {
        var chat = aChat().says(Role.USER, "Hi")
                .sampling(everySampling())
                .of("u1")
                .with("num_ctx", "8192")
                .with("options", "{\"min_p\":0.1}")
                .with("keep_alive", "\"5m\"")
                .with("store", "true");

        assertThat(chat.writtenBy(dialect))
                .endsWith("\"options\":{\"num_predict\":100,\"temperature\":0.5,\"top_p\":0.9,\"top_k\":40,\"seed\":7,"
                        + "\"frequency_penalty\":0.1,\"presence_penalty\":0.2,\"stop\":[\"END\"],\"num_ctx\":8192,"
                        + "\"min_p\":0.1},\"keep_alive\":\"5m\"}");
        assertThat(chat.lost()).containsExactly("n", "logit_bias", "logprobs", "user", "store");
    }

    @ParameterizedTest
    @CsvSource({"none,,false", "minimal,,'\"low\"'", "medium,,'\"medium\"'", "max,,'\"high\"'", ",2000,true", ",0,false"})
    void writesHowMuchToThink(String effort, Long budget, String expected) {
        assertThat(aChat().says(Role.USER, "Hi").thinking(effort, budget).writtenBy(dialect))
                .contains("\"think\":" + expected + ",");
    }

    @Test
    void writesFormats() {
        var schema = new ResponseFormat.JsonSchema("s", null, RawJson.ofLiteral("{\"type\":\"object\"}"), null);

        assertThat(aChat().says(Role.USER, "Hi").formatted(schema).writtenBy(dialect))
                .contains("\"format\":{\"type\":\"object\"}");
        assertThat(aChat().says(Role.USER, "Hi").formatted(new ResponseFormat.JsonObject()).writtenBy(dialect))
                .contains("\"format\":\"json\"");
    }

    @Test
    void tellsPicturesElsewhereAndForcedToolsAsLost() {
        var chat = aChat().turn(Role.USER, new Part.Image(new Media.Remote("https://x.example/a.png", null), null, null))
                .tool("find", "{}")
                .choosing(new ToolChoice.Required());

        chat.writtenBy(dialect);

        assertThat(chat.lost()).containsExactly("messages[0].content", "tool_choice");
        assertThat(dialect.fetches("https://h/a.png")).isFalse();
    }

    @Test
    void readsEveryRecordedReply() {
        int read = 0;
        for (Recording recording : Recordings.of(List.of("ollama"))) {
            if (recording.api().equals("ollama.chat")) {
                HeardEvents heard = HeardEvents.of(dialect, recording.stream(), recording.body());
                boolean calls = recording.id().equals("ollama-chat-07fd1674eb");
                assertThat(heard.failure()).as(recording.id()).isNull();
                assertThat(heard.usage()).as(recording.id()).isNotNull();
                assertThat(heard.reason())
                        .as(recording.id())
                        .isEqualTo(calls ? FinishReason.TOOL_CALLS : FinishReason.STOP);
                assertThat(calls ? heard.thoughts() : heard.text()).as(recording.id()).isNotEmpty();
                if (calls) {
                    assertThat(heard.tools()).containsExactly("call_gsiiy8py get_current_weather {\"city\":\"Paris\"}");
                    assertThat(heard.usage()).isEqualTo(Usage.of(292, 143, 435, 0, 0, false));
                }
                read++;
            }
        }
        assertThat(read).isEqualTo(4);
    }

    @Test
    void tellsWhatItWroteWhereThePromptWasNotCounted() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                false,
                "{\"model\":\"m\",\"message\":{\"content\":\"Hi\"},\"done\":true,\"done_reason\":\"length\",\"eval_count\":3}");

        Usage told = Usage.of(0, 3, 3, 0, 0, true);
        assertThat(heard.usage()).isEqualTo(told);
        assertThat(told.orGuessed(20)).isEqualTo(Usage.estimate(20, 3));
        assertThat(Usage.of(1, 3, 4, 0, 0, false).orGuessed(20).promptTokens()).isEqualTo(1);
        assertThat(heard.reason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void endsWithALineThatHoldsNoMessage() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                """
                {"model":"m","message":{"role":"assistant","content":"Hi"},"done":false}
                {"model":"m","done":true,"done_reason":"length","prompt_eval_count":4,"eval_count":2}
                """);

        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(heard.usage()).isEqualTo(Usage.of(4, 2, 6, 0, 0, false));
    }

    @Test
    void tellsAnErrorLineAndACutStreamAsFailures() {
        String line = "{\"model\":\"m\",\"message\":{\"content\":\"Hi\"},\"done\":false}\n";

        assertThat(HeardEvents.of(dialect, true, line).failure()).isNotNull();
        assertThat(HeardEvents.of(dialect, true, line + "{\"error\":\"out of memory\"}\n").failure())
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_FAILED, "out of memory");
    }

    @Test
    void readsErrors() {
        assertThat(HeardEvents.error(dialect, 404, "{\"error\":\"model 'x' not found\"}"))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_MODEL_NOT_FOUND, "model 'x' not found");
        assertThat(HeardEvents.error(dialect, 400, "{\"error\":\"x does not support tools\"}").code())
                .isEqualTo(ErrorCode.PROVIDER_REJECTED);
    }
}
