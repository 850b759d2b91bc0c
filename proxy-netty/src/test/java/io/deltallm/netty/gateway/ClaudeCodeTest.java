package io.deltallm.netty.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.gateway.FormatsUpstream.body;
import static io.deltallm.netty.gateway.FormatsUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

/// A request as Claude Code sends it, in front of OpenAI's models: what they do not know is left out, and nothing else.
@ExtendWith(LeakGuard.class)
final class ClaudeCodeTest {
    private static final String DEVICE = "0123456789abcdef".repeat(4);
    private static final int TOOLS = 40;

    private final FormatsUpstream formats = new FormatsUpstream();

    @AfterEach
    void stop() {
        formats.close();
    }

    private static String event(String choice) {
        return "data: {\"id\":\"chatcmpl-A1\",\"object\":\"chat.completion.chunk\",\"created\":1757000000,\"model\":\"m\","
                + "\"choices\":[" + choice + "]}";
    }

    private static String request(String model) {
        String tools = IntStream.range(0, TOOLS).mapToObj(ClaudeCodeTest::tool).collect(Collectors.joining(","));
        return """
                {"model":"%s","max_tokens":32000,"stream":true,
                 "system":[
                  {"type":"text","text":"x-anthropic-billing-header: cc_version=2.1; cc_entrypoint=cli;"},
                  {"type":"text","text":"You are Claude Code.","cache_control":{"type":"ephemeral"}},
                  {"type":"text","text":"Work in /repo.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
                 "messages":[
                  {"role":"user","content":[{"type":"text","text":"<system-reminder>Today</system-reminder>"},
                   {"type":"text","text":"Fix it"}]},
                  {"role":"assistant","content":[
                   {"type":"thinking","thinking":"Look first.","signature":"c2ln"},
                   {"type":"text","text":"Looking."},
                   {"type":"tool_use","id":"toolu_01A","name":"tool_1","input":{"path":"a.txt"}}]},
                  {"role":"user","content":[
                   {"type":"tool_result","tool_use_id":"toolu_01A","content":[{"type":"text","text":"text of a"}]},
                   {"type":"text","text":"Go on","cache_control":{"type":"ephemeral"}}]}],
                 "tools":[%s],
                 "metadata":{"user_id":"{\\"device_id\\":\\"%s\\",\\"account_uuid\\":\\"\\",\\"session_id\\":\\"%s\\"}"},
                 "thinking":{"type":"adaptive","display":"omitted"},
                 "context_management":{"edits":[{"type":"clear_thinking_20251015","keep":"all"}]},
                 "output_config":{"effort":"medium"}}"""
                .formatted(model, tools, DEVICE, "00000000-0000-4000-8000-000000000000");
    }

    private static String tool(int number) {
        return """
                {"name":"tool_%d","description":"Does %d","input_schema":{"$schema":"http://json-schema.org/draft-07/schema#",
                 "type":"object","properties":{"path":{"type":"string","description":"A file"}},"required":["path"],
                 "additionalProperties":false}%s}"""
                .formatted(number, number, number == TOOLS - 1 ? ",\"cache_control\":{\"type\":\"ephemeral\"}" : "");
    }

    /// What arrives of it at a model that speaks chat completions.
    private JsonNode sentToChat(String model) {
        formats.streams(
                event("{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Done.\"},\"finish_reason\":null}"),
                event("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}"),
                "data: [DONE]");
        return sent(model, "/v1/chat/completions");
    }

    private JsonNode sent(String model, String target) {
        try (RawClient client = formats.connect()) {
            RawResponse response = client.post(
                            "/v1/messages?beta=true",
                            GatewayFixture.MASTER_KEY,
                            request(model),
                            "anthropic-version: 2023-06-01\r\n",
                            "anthropic-beta: claude-code-20250219,context-management-2025-06-27,effort-2025-11-24\r\n",
                            "anthropic-dangerous-direct-browser-access: true\r\n",
                            "x-app: cli\r\n")
                    .read();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            assertThat(response.text()).contains("event: message_start", "\"text\":\"Done.\"", "event: message_stop");
        }
        ReceivedRequest request = formats.taken();
        assertThat(request.target()).isEqualTo(target);
        assertThat(request.head()).doesNotContainIgnoringCase("anthropic");
        return body(request);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void isServedByAModelThatDoesNotThink() {
        JsonNode sent = sentToChat(FormatsUpstream.OPENAI);

        assertThat(names(sent)).containsExactlyInAnyOrder(
                "model", "messages", "max_tokens", "stream", "stream_options", "tools", "user");
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(16_384);
        assertThat(sent.path("user").asText()).hasSizeLessThanOrEqualTo(64).contains(DEVICE.substring(0, 32));
    }

    @Test
    void isServedByAModelThatThinks() {
        JsonNode sent = sentToChat(FormatsUpstream.OPENAI_THINKING);

        assertThat(names(sent)).containsExactlyInAnyOrder(
                "model", "messages", "max_completion_tokens", "stream", "stream_options", "tools", "user", "reasoning_effort");
        assertThat(sent.path("reasoning_effort").asText()).isEqualTo("medium");
        assertThat(sent.path("max_completion_tokens").asInt()).isEqualTo(32_000);
    }

    @Test
    void keepsConversationAndTools() {
        JsonNode sent = sentToChat(FormatsUpstream.OPENAI);

        assertThat(sent.path("messages")).isEqualTo(json("""
                [{"role":"system","content":
                  "x-anthropic-billing-header: cc_version=2.1; cc_entrypoint=cli;\\n\\nYou are Claude Code.\\n\\nWork in /repo."},
                 {"role":"user","content":[{"type":"text","text":"<system-reminder>Today</system-reminder>"},
                  {"type":"text","text":"Fix it"}]},
                 {"role":"assistant","content":"Looking.","tool_calls":[{"id":"toolu_01A","type":"function",
                  "function":{"name":"tool_1","arguments":"{\\"path\\":\\"a.txt\\"}"}}]},
                 {"role":"tool","tool_call_id":"toolu_01A","content":"text of a"},
                 {"role":"user","content":"Go on"}]"""));
        assertThat(sent.path("tools")).hasSize(TOOLS);
        assertThat(sent.at("/tools/39")).isEqualTo(json("""
                {"type":"function","function":{"name":"tool_39","description":"Does 39","parameters":{
                 "$schema":"http://json-schema.org/draft-07/schema#","type":"object",
                 "properties":{"path":{"type":"string","description":"A file"}},"required":["path"],
                 "additionalProperties":false}}}"""));
    }

    private void responsesAnswers() {
        formats.streams(
                "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":"
                        + "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"in_progress\",\"model\":\"gpt-5\",\"output\":[]}}",
                "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"sequence_number\":1,"
                        + "\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\","
                        + "\"role\":\"assistant\",\"content\":[]}}",
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":2,"
                        + "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"Done.\"}",
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":3,\"response\":"
                        + "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-5\","
                        + "\"output\":[{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"output_text\",\"text\":\"Done.\",\"annotations\":[]}]}],"
                        + "\"usage\":{\"input_tokens\":9,\"output_tokens\":4,\"total_tokens\":13}}}");
    }

    @Test
    void isServedThroughResponses() {
        responsesAnswers();

        JsonNode sent = sent(FormatsUpstream.OPENAI_RESPONSES, "/v1/responses");

        assertThat(names(sent)).containsExactlyInAnyOrder(
                "model", "input", "max_output_tokens", "stream", "tools", "user", "reasoning", "store", "include");
        assertThat(sent.at("/reasoning/effort").asText()).isEqualTo("medium");
        assertThat(sent.path("tools")).hasSize(TOOLS);
    }

    /// Tools are refused in a chat there.
    @Test
    void reachesTheLatestModelsThroughResponses() {
        responsesAnswers();

        JsonNode sent = sent(FormatsUpstream.OPENAI_LATEST, "/v1/responses");

        assertThat(sent.at("/reasoning/effort").asText()).isEqualTo("medium");
        assertThat(sent.path("tools")).hasSize(TOOLS);
    }
}
