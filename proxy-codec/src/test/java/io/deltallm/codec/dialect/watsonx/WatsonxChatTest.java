package io.deltallm.codec.dialect.watsonx;

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
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.call;
import static io.deltallm.codec.dialect.AChat.everySampling;
import static io.deltallm.codec.dialect.AChat.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WatsonxChatTest {
    private final WatsonxChat dialect = new WatsonxChat();

    @Test
    void writesAConversationWithTools() {
        var chat = aChat().says(Role.DEVELOPER, "Be brief.")
                .turn(
                        Role.USER,
                        Part.Text.of("Weather?"),
                        new Part.Image(new Media.Inline("image/png", "aGk="), "high", null))
                .turn(Role.ASSISTANT, call("c1", "weather", "{\"city\":\"Paris\"}"))
                .turn(Role.TOOL, result("c1", "sunny"))
                .tool("weather", "{\"type\":\"object\"}")
                .choosing(new ToolChoice.Named("weather"))
                .with("project_id", "\"p1\"");

        assertThat(chat.writtenBy(dialect))
                .isEqualTo("{\"model_id\":\"m\",\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Weather?\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\","
                        + "\"detail\":\"high\"}}]},"
                        + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sunny\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
                        + "\"description\":\"Does weather\",\"parameters\":{\"type\":\"object\"}}}],"
                        + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}},"
                        + "\"project_id\":\"p1\"}");
        assertThat(chat.lost()).isEmpty();
    }

    @Test
    void writesSamplingAndSchemas() {
        var chat = aChat().says(Role.USER, "Hi")
                .sampling(everySampling())
                .formatted(new ResponseFormat.JsonSchema("s", null, RawJson.ofLiteral("{\"type\":\"object\"}"), true))
                .with("space_id", "\"s1\"");

        assertThat(chat.writtenBy(dialect))
                .contains("\"max_tokens\":100,\"temperature\":0.5,\"top_p\":0.9,\"n\":2,\"seed\":7,"
                        + "\"frequency_penalty\":0.1,\"presence_penalty\":0.2,\"logit_bias\":{\"50256\":-100},"
                        + "\"logprobs\":true,\"top_logprobs\":3,\"stop\":[\"END\"]")
                .contains("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\","
                        + "\"schema\":{\"type\":\"object\"},\"strict\":true}}");
        assertThat(chat.lost()).containsExactly("top_k");
    }

    @Test
    void writesEffortsThatWatsonxKnows() {
        assertThat(thinking("minimal", null)).contains("\"reasoning_effort\":\"low\"");
        assertThat(thinking("max", null)).contains("\"reasoning_effort\":\"high\"");
        assertThat(thinking(null, 5000L)).contains("\"reasoning_effort\":\"medium\"");
        assertThat(thinking("none", null)).doesNotContain("reasoning");
    }

    private String thinking(@Nullable String effort, @Nullable Long budget) {
        return aChat().says(Role.USER, "Hi").thinking(effort, budget).with("project_id", "\"p\"").writtenBy(dialect);
    }

    @Test
    void refusesARequestWithoutAProject() {
        assertThatThrownBy(() -> aChat().says(Role.USER, "Hi").writtenBy(dialect))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("project_id is missing");
    }

    @Test
    void readsAPlainReplyWithToolCalls() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                false,
                "{\"id\":\"chat-1\",\"model_id\":\"ibm/granite\",\"choices\":[{\"index\":0,\"message\":{"
                        + "\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{"
                        + "\"name\":\"weather\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
                        + "\"usage\":{\"completion_tokens\":5,\"prompt_tokens\":10,\"total_tokens\":15}}");

        assertThat(heard.tools()).containsExactly("c1 weather {}");
        assertThat(heard.reason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(heard.usage()).isEqualTo(Usage.of(10, 5, 15, 0, 0, false));
    }

    @Test
    void readsAStreamWithItsUsageBehindTheEnd() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                """
                id: 1
                event: message
                data: {"id":"chat-1","model_id":"m","choices":[{"index":0,"finish_reason":null,"delta":{"role":"assistant","content":""}}]}

                id: 2
                event: message
                data: {"id":"chat-1","model_id":"m","choices":[{"index":0,"finish_reason":null,"delta":{"content":"Hi"}}]}

                id: 3
                event: message
                data: {"id":"chat-1","model_id":"m","choices":[{"index":0,"finish_reason":"length","delta":{"content":""}}]}

                id: 4
                event: message
                data: {"id":"chat-1","model_id":"m","choices":[],"usage":{"completion_tokens":1,"prompt_tokens":2,"total_tokens":3}}

                """);

        assertThat(heard.lines())
                .containsExactly(
                        "Started[id=\"chat-1\", model=\"m\"]",
                        "TextDelta[choice=0, text=\"Hi\"]",
                        "Used[usage=" + Usage.of(2, 1, 3, 0, 0, false) + "]",
                        "Stopped[choice=0, reason=LENGTH, sequence=null]");
    }

    @Test
    void readsTheRecordedGeneration() {
        for (Recording recording : Recordings.of(List.of("watsonx"))) {
            HeardEvents heard = HeardEvents.of(dialect, true, recording.body());
            assertThat(heard.text()).startsWith("the sun").endsWith(" sky");
            assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
            assertThat(heard.usage()).isEqualTo(Usage.of(8, 11, 19, 0, 0, false));
        }
    }

    @Test
    void tellsACutStreamAndErrorsAsFailures() {
        assertThat(HeardEvents.of(
                                dialect,
                                true,
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}\n\n")
                        .failure())
                .isNotNull();
        assertThat(HeardEvents.error(
                        dialect,
                        404,
                        "{\"errors\":[{\"code\":\"model_not_supported\",\"message\":\"Model 'x' is not supported\"}],"
                                + "\"trace\":\"t\",\"status_code\":404}"))
                .extracting("code", "message")
                .containsExactly(ErrorCode.PROVIDER_MODEL_NOT_FOUND, "Model 'x' is not supported");
    }
}
