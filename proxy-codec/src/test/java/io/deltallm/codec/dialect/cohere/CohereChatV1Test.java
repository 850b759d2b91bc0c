package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.HeardEvents;
import io.deltallm.codec.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.deltallm.codec.dialect.AChat.aChat;
import static io.deltallm.codec.dialect.AChat.call;
import static io.deltallm.codec.dialect.AChat.result;
import static org.assertj.core.api.Assertions.assertThat;

class CohereChatV1Test {
    private final CohereChatV1 dialect = new CohereChatV1();

    @Test
    void writesTheLastTurnAsTheMessage() {
        String body = aChat().says(Role.SYSTEM, "Be brief.")
                .says(Role.USER, "Hi")
                .says(Role.ASSISTANT, "Hello")
                .says(Role.USER, "Bye")
                .writtenBy(dialect);

        assertThat(body)
                .isEqualTo("{\"model\":\"m\",\"stream\":false,\"preamble\":\"Be brief.\",\"chat_history\":["
                        + "{\"role\":\"USER\",\"message\":\"Hi\"},{\"role\":\"CHATBOT\",\"message\":\"Hello\"}],"
                        + "\"message\":\"Bye\"}");
    }

    @Test
    void writesToolsUnderPythonsTypesAndResultsWithTheirCalls() {
        String body = aChat().says(Role.USER, "Weather?")
                .turn(Role.ASSISTANT, call("1", "weather", "{\"city\":\"Paris\"}"))
                .turn(Role.TOOL, result("1", "sunny"))
                .tool(
                        "weather",
                        "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\",\"description\":\"Where\"},"
                                + "\"days\":{\"type\":\"integer\"}},\"required\":[\"city\"]}")
                .writtenBy(dialect);

        assertThat(body)
                .contains("\"tool_calls\":[{\"name\":\"weather\",\"parameters\":{\"city\":\"Paris\"}}]")
                .contains("\"message\":\"\",\"tool_results\":[{\"call\":{\"name\":\"weather\","
                        + "\"parameters\":{\"city\":\"Paris\"}},\"outputs\":[{\"result\":\"sunny\"}]}]")
                .contains("\"parameter_definitions\":{\"city\":{\"description\":\"Where\",\"type\":\"str\",\"required\":true},"
                        + "\"days\":{\"type\":\"int\",\"required\":false}}");
    }

    @Test
    void readsToolCalls() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                """
                {"is_finished":false,"event_type":"stream-start","generation_id":"g"}
                {"is_finished":false,"event_type":"tool-calls-generation","tool_calls":[{"name":"f","parameters":{"a":1}}]}
                {"is_finished":true,"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"","meta":{"tokens":{"input_tokens":5,"output_tokens":2}}}}
                """);

        assertThat(heard.tools()).containsExactly(" f {\"a\":1}");
        assertThat(heard.reason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(heard.usage()).isEqualTo(Usage.of(5, 2, 7, 0, 0, false));
    }

    @Test
    void tellsAPlanOnceThoughTheCallsRepeatIt() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                true,
                """
                {"is_finished":false,"event_type":"tool-calls-chunk","text":"I look"}
                {"is_finished":false,"event_type":"tool-calls-chunk","text":" it up."}
                {"is_finished":false,"event_type":"tool-calls-chunk","tool_call_delta":{"index":0,"name":"f"}}
                {"is_finished":false,"event_type":"tool-calls-generation","text":"I look it up.","tool_calls":[{"name":"f","parameters":{"a":1}}]}
                {"is_finished":true,"event_type":"stream-end","finish_reason":"COMPLETE","response":{"text":"I look it up."}}
                """);

        assertThat(heard.text()).isEqualTo("I look it up.");
        assertThat(heard.tools()).containsExactly(" f {\"a\":1}");
    }

    @Test
    void readsARecordedStreamWithItsSources() {
        for (var recording : Recordings.of(List.of("cohere"))) {
            if (!recording.api().equals("cohere.chat.v1")) {
                continue;
            }
            if (recording.status() == 404) {
                assertThat(HeardEvents.error(dialect, 404, recording.body()).code())
                        .isEqualTo(ErrorCode.PROVIDER_MODEL_NOT_FOUND);
                continue;
            }
            HeardEvents heard = HeardEvents.of(dialect, true, recording.body());
            assertThat(heard.text()).startsWith("Isaac Newton was born on December 25, 1642").endsWith("pot or mug.");
            assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
            assertThat(heard.usage()).isEqualTo(Usage.of(1376, 78, 1454, 0, 0, false));
            assertThat(heard.lines()).anyMatch(line -> line.startsWith("Cited") && line.contains("wikipedia.org"));
        }
    }

    @Test
    void readsAPlainReply() {
        HeardEvents heard = HeardEvents.of(
                dialect,
                false,
                "{\"response_id\":\"r\",\"text\":\"Hi\",\"generation_id\":\"g\",\"finish_reason\":\"MAX_TOKENS\","
                        + "\"meta\":{\"billed_units\":{\"input_tokens\":3,\"output_tokens\":1}}}");

        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(heard.usage()).isEqualTo(Usage.of(3, 1, 4, 0, 0, false));
    }

    @Test
    void readsAnOldReplyThatDoesNotSayWhyItEnded() {
        HeardEvents heard = HeardEvents.of(
                dialect, false, "{\"text\":\"Hi\",\"generation_id\":\"g\",\"token_count\":{\"prompt_tokens\":5,\"response_tokens\":2}}");

        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.reason()).isEqualTo(FinishReason.STOP);
        assertThat(heard.usage()).isEqualTo(Usage.of(5, 2, 7, 0, 0, false));
    }

    @Test
    void tellsAStreamCutShortAsAFailure() {
        HeardEvents heard = HeardEvents.of(
                dialect, true, "{\"is_finished\":false,\"event_type\":\"text-generation\",\"text\":\"Hi\"}\n");

        assertThat(heard.failure()).isNotNull();
    }
}
