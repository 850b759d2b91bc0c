package io.deltallm.netty.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.gateway.FormatsUpstream.body;
import static io.deltallm.netty.gateway.FormatsUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

/// A conversation of OpenAI's Codex CLI in front of Claude and of a chat: it reads and edits files by tools of kinds that
/// only the Responses API has.
@ExtendWith(LeakGuard.class)
final class CodexTest {
    private static final String TOOLS = """
            [{"type":"function","name":"exec_command","description":"Runs a command","strict":false,"parameters":{
              "type":"object","properties":{"cmd":{"type":"string"}},"required":["cmd"],"additionalProperties":false}},
             {"type":"custom","name":"apply_patch","description":"Edits files","format":{
              "type":"grammar","syntax":"lark","definition":"start: begin_patch"}},
             {"type":"namespace","name":"mcp__tickets","description":"Tickets","tools":[{"type":"function","name":"open",
              "description":"Opens one","strict":false,"parameters":{"type":"object","properties":{}}}]},
             {"type":"web_search","external_web_access":false}]""";

    private final FormatsUpstream formats = new FormatsUpstream();

    @AfterEach
    void stop() {
        formats.close();
    }

    private static String request(String model, String more) {
        return """
                {"model":"%s","instructions":"You are Codex.","input":[
                  {"type":"message","role":"developer","content":[{"type":"input_text","text":"Ask before you write."}]},
                  {"type":"message","role":"user","content":[{"type":"input_text","text":"<cwd>/repo</cwd>"}]},
                  {"type":"message","role":"user","content":[{"type":"input_text","text":"Fix it"}]}%s],
                 "tools":%s,"tool_choice":"auto","parallel_tool_calls":true,
                 "reasoning":{"effort":"medium","summary":"auto"},"store":false,"stream":true,
                 "include":["reasoning.encrypted_content"],"prompt_cache_key":"0198","text":{"verbosity":"low"},
                 "client_metadata":{"x-codex-installation-id":"i"}}""".formatted(model, more, TOOLS);
    }

    private List<JsonNode> events(String request) {
        try (RawClient client = formats.connect()) {
            RawResponse response = client.post(
                            "/v1/responses",
                            GatewayFixture.MASTER_KEY,
                            request,
                            "Accept: text/event-stream\r\n",
                            "originator: codex_cli_rs\r\n",
                            "session_id: 0198\r\n")
                    .read();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            List<JsonNode> events = new ArrayList<>();
            response.text().lines().filter(line -> line.startsWith("data: "))
                    .forEach(line -> events.add(json(line.substring("data: ".length()))));
            return events;
        }
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText().replace("response.", "")).toList();
    }

    /// The items as Codex keeps them and sends them again, without their ids and what it does not know.
    private static String itemsAgain(List<JsonNode> events) {
        StringBuilder items = new StringBuilder();
        for (JsonNode event : events) {
            if (event.path("type").asText().equals("response.output_item.done")) {
                ((ObjectNode) event.path("item")).remove(List.of("id", "extra_content"));
                items.append(',').append(event.path("item"));
            }
        }
        return items.toString();
    }

    private static String claude(String event, String members) {
        return "event: " + event + "\ndata: {\"type\":\"" + event + "\"" + members + "}";
    }

    private static String delta(int block, String delta) {
        return claude("content_block_delta", ",\"index\":" + block + ",\"delta\":" + delta);
    }

    private static String begins(int block, String content) {
        return claude("content_block_start", ",\"index\":" + block + ",\"content_block\":" + content);
    }

    private static String ends(int block) {
        return claude("content_block_stop", ",\"index\":" + block);
    }

    private void claudePatches() {
        formats.streams(
                claude("message_start", ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                        + "\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":9,\"output_tokens\":1,"
                        + "\"cache_read_input_tokens\":5}}"),
                begins(0, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
                delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"A typo.\"}"),
                delta(0, "{\"type\":\"signature_delta\",\"signature\":\"EqProof\"}"),
                ends(0),
                begins(1, "{\"type\":\"text\",\"text\":\"\"}"),
                delta(1, "{\"type\":\"text_delta\",\"text\":\"Fixing.\"}"),
                ends(1),
                begins(2, "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"apply_patch\",\"input\":{}}"),
                delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"input\\\": \\\"*** Begin\"}"),
                delta(2, "{\"type\":\"input_json_delta\",\"partial_json\":\" Patch\\\\n+é\\\"}\"}"),
                ends(2),
                begins(3, "{\"type\":\"tool_use\",\"id\":\"toolu_2\",\"name\":\"mcp__tickets__open\",\"input\":{}}"),
                ends(3),
                claude("message_delta", ",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},"
                        + "\"usage\":{\"output_tokens\":30}"),
                claude("message_stop", ""));
    }

    @Test
    void hearsOfClaudesPatchAsOfOneOfItsOwnModels() {
        claudePatches();

        List<JsonNode> events = events(request(FormatsUpstream.ANTHROPIC, ""));

        assertThat(types(events)).containsExactly(
                "created", "in_progress",
                "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta",
                "reasoning_summary_text.done", "reasoning_summary_part.done", "output_item.done",
                "output_item.added", "content_part.added", "output_text.delta", "output_text.done", "content_part.done",
                "output_item.done",
                "output_item.added", "output_item.added", "function_call_arguments.delta",
                "custom_tool_call_input.delta", "custom_tool_call_input.done", "output_item.done",
                "function_call_arguments.done", "output_item.done",
                "completed");
        JsonNode response = events.getLast().path("response");
        assertThat(response.at("/output/0/encrypted_content").asText()).isEqualTo("EqProof");
        assertThat(response.at("/output/0/id").asText()).startsWith("rs_");
        assertThat(response.at("/output/2/type").asText()).isEqualTo("custom_tool_call");
        assertThat(response.at("/output/2/input").asText()).isEqualTo("*** Begin Patch\n+é");
        assertThat(response.at("/output/2/call_id").asText()).isEqualTo("toolu_1");
        assertThat(response.at("/output/3/namespace").asText()).isEqualTo("mcp__tickets");
        assertThat(response.at("/output/3/name").asText()).isEqualTo("open");
        assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(14);
        assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(44);
        assertThat(response.path("tools")).isEqualTo(json(TOOLS));
        formats.taken();
    }

    @Test
    void goesOnWithItAtClaude() {
        claudePatches();
        String turn = itemsAgain(events(request(FormatsUpstream.ANTHROPIC, "")));
        JsonNode first = body(formats.taken());
        claudePatches();

        events(request(FormatsUpstream.ANTHROPIC, turn + results()));

        ReceivedRequest second = formats.taken();
        assertThat(second.target()).isEqualTo("/v1/messages");
        assertThat(first.path("tools")).isEqualTo(body(second).path("tools"));
        assertThat(first.path("tools").findValuesAsText("name"))
                .containsExactly("exec_command", "apply_patch", "mcp__tickets__open");
        assertThat(body(second).path("messages")).isEqualTo(json("""
                [{"role":"user","content":[{"type":"text","text":"<cwd>/repo</cwd>"},{"type":"text","text":"Fix it"}]},
                 {"role":"assistant","content":[
                  {"type":"thinking","thinking":"A typo.","signature":"EqProof"},{"type":"text","text":"Fixing."},
                  {"type":"tool_use","id":"toolu_1","name":"apply_patch","input":{"input":"*** Begin Patch\\n+é"}},
                  {"type":"tool_use","id":"toolu_2","name":"mcp__tickets__open","input":{}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"Done"},
                  {"type":"tool_result","tool_use_id":"toolu_2","content":[{"type":"text","text":"It is open"},
                   {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]}]}]"""));
    }

    private static String results() {
        return """
                ,{"type":"custom_tool_call_output","call_id":"toolu_1","output":"Done"},
                {"type":"function_call_output","call_id":"toolu_2","output":[{"type":"input_text","text":"It is open"},
                 {"type":"input_image","image_url":"data:image/png;base64,iVBORw0KGgo=","detail":"original"}]}""";
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                + "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}";
    }

    @Test
    void takesClaudesTurnToAChat() {
        claudePatches();
        String turn = itemsAgain(events(request(FormatsUpstream.ANTHROPIC, "")));
        formats.taken();
        formats.streams(
                chunk("{\"role\":\"assistant\",\"content\":\"Fixed.\"}", "null"), chunk("{}", "\"stop\""), "data: [DONE]");

        List<JsonNode> events = events(request(FormatsUpstream.OPENAI_CHAT, turn + results()));

        assertThat(events.getLast().at("/response/output/0/content/0/text").asText()).isEqualTo("Fixed.");
        JsonNode sent = body(formats.taken());
        assertThat(sent.path("messages")).isEqualTo(json("""
                [{"role":"system","content":"You are Codex."},{"role":"system","content":"Ask before you write."},
                 {"role":"user","content":"<cwd>/repo</cwd>"},{"role":"user","content":"Fix it"},
                 {"role":"assistant","content":"Fixing.","tool_calls":[
                  {"id":"toolu_1","type":"function","function":{"name":"apply_patch",
                   "arguments":"{\\"input\\":\\"*** Begin Patch\\\\n+é\\"}"}},
                  {"id":"toolu_2","type":"function","function":{"name":"mcp__tickets__open","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"toolu_1","content":"Done"},
                 {"role":"tool","tool_call_id":"toolu_2","content":"It is open\\nThe result is in the next message."},
                 {"role":"user","content":[{"type":"text","text":"The result of the tool call toolu_2:"},
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"high"}}]}]"""));
        assertThat(sent.path("tools")).hasSize(3);
        assertThat(sent.at("/tools/1/function/description").asText()).contains("Edits files", "start: begin_patch");
    }
}
