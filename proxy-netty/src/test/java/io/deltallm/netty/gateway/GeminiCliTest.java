package io.deltallm.netty.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.gateway.FormatsUpstream.body;
import static io.deltallm.netty.gateway.FormatsUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

/// A conversation of Google's Gemini CLI in front of a chat of OpenAI's and of Claude: its tools are declared by JSON
/// Schema, may have dots in their names, and answer with pictures.
@ExtendWith(LeakGuard.class)
final class GeminiCliTest {
    private static final String SAFE = "mcp_tickets_v1_open";

    private final FormatsUpstream formats = new FormatsUpstream();

    @AfterEach
    void stop() {
        formats.close();
    }

    private static String request(String more) {
        return """
                {"contents":[{"role":"user","parts":[{"text":"<session_context>/repo</session_context>"}]},
                  {"role":"user","parts":[{"text":"Fix it"}]}%s],
                 "systemInstruction":{"role":"user","parts":[{"text":"You are Gemini CLI."}]},
                 "tools":[{"functionDeclarations":[
                  {"name":"read_file","description":"Reads","parametersJsonSchema":{"type":"object",
                   "properties":{"file_path":{"type":"string"},"limit":{"type":"number","minimum":1}},"required":["file_path"]}},
                  {"name":"mcp_tickets.v1_open","description":"Opens","parametersJsonSchema":{"type":"object","properties":{},
                   "$schema":"http://json-schema.org/draft-07/schema#"}}]}],
                 "generationConfig":{"temperature":1,"topP":0.95,"topK":64,
                  "thinkingConfig":{"includeThoughts":true,"thinkingBudget":8192}},
                 "safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_NONE"}]}""".formatted(more);
    }

    private List<JsonNode> chunks(String model, String request) {
        try (RawClient client = formats.connect()) {
            RawResponse response = client.post(
                            "/v1beta/models/" + model + ":streamGenerateContent?alt=sse",
                            GatewayFixture.MASTER_KEY,
                            request,
                            "x-goog-api-client: google-genai-sdk/1.30.0 gl-node/v22\r\n")
                    .read();
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            List<JsonNode> chunks = new ArrayList<>();
            response.text().lines().filter(line -> line.startsWith("data: "))
                    .forEach(line -> chunks.add(json(line.substring("data: ".length()))));
            return chunks;
        }
    }

    private static List<JsonNode> parts(List<JsonNode> chunks) {
        List<JsonNode> parts = new ArrayList<>();
        chunks.forEach(chunk -> chunk.at("/candidates/0/content/parts").forEach(parts::add));
        return parts;
    }

    /// The contents as Gemini CLI keeps them: each chunk's as it came, one turn of the model's.
    private static String turnAgain(List<JsonNode> chunks) {
        return ",{\"role\":\"model\",\"parts\":" + parts(chunks) + "}";
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
                + "{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}";
    }

    private static String call(int index, String id, String name) {
        return chunk("{\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id + "\",\"type\":\"function\",\"function\":{"
                + "\"name\":\"" + name + "\",\"arguments\":\"\"}}]}", "null");
    }

    private static String piece(int index, String arguments) {
        return chunk("{\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":\"" + arguments + "\"}}]}", "null");
    }

    private void chatCallsTools() {
        formats.streams(
                chunk("{\"role\":\"assistant\",\"content\":\"Reading.\"}", "null"),
                call(0, "call_1", "read_file"),
                piece(0, "{\\\"file_path\\\":"),
                piece(0, "\\\"a.txt\\\"}"),
                call(1, "call_2", SAFE),
                piece(1, "{}"),
                chunk("{}", "\"tool_calls\""),
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                        + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":7,\"total_tokens\":27,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":5}}}",
                "data: [DONE]");
    }

    private static String results() {
        return """
                ,{"role":"user","parts":[
                 {"functionResponse":{"id":"call_1","name":"read_file","response":{"output":"text of a"}}},
                 {"functionResponse":{"id":"call_2","name":"mcp_tickets.v1_open","response":{"output":"One picture"},
                  "parts":[{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]}}]}""";
    }

    @Test
    void hearsOfCallsByItsOwnNames() {
        chatCallsTools();

        List<JsonNode> chunks = chunks(FormatsUpstream.OPENAI, request(""));

        assertThat(parts(chunks)).containsExactly(
                json("{\"text\":\"Reading.\"}"),
                json("{\"functionCall\":{\"id\":\"call_1\",\"name\":\"read_file\",\"args\":{\"file_path\":\"a.txt\"}}}"),
                json("{\"functionCall\":{\"id\":\"call_2\",\"name\":\"mcp_tickets.v1_open\",\"args\":{}}}"));
        JsonNode last = chunks.getLast();
        assertThat(last.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
        assertThat(last.at("/usageMetadata/promptTokenCount").asInt()).isEqualTo(20);
        assertThat(last.at("/usageMetadata/cachedContentTokenCount").asInt()).isEqualTo(5);
        assertThat(last.at("/usageMetadata/candidatesTokenCount").asInt()).isEqualTo(7);
        formats.taken();
    }

    @Test
    void goesOnInAChat() {
        chatCallsTools();
        String turn = turnAgain(chunks(FormatsUpstream.OPENAI, request("")));
        formats.taken();
        chatCallsTools();

        chunks(FormatsUpstream.OPENAI, request(turn + results()));

        JsonNode sent = body(formats.taken());
        assertThat(sent.path("messages")).isEqualTo(json("""
                [{"role":"system","content":"You are Gemini CLI."},
                 {"role":"user","content":"<session_context>/repo</session_context>"},{"role":"user","content":"Fix it"},
                 {"role":"assistant","content":"Reading.","tool_calls":[
                  {"id":"call_1","type":"function","function":{"name":"read_file","arguments":"{\\"file_path\\":\\"a.txt\\"}"}},
                  {"id":"call_2","type":"function","function":{"name":"%s","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"call_1","content":"text of a"},
                 {"role":"tool","tool_call_id":"call_2","content":"One picture\\nThe result is in the next message."},
                 {"role":"user","content":[{"type":"text","text":"The result of the tool call call_2:"},
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}]""".formatted(SAFE)));
        assertThat(sent.path("tools").findValuesAsText("name")).containsExactly("read_file", SAFE);
        assertThat(sent.at("/tools/0/function/parameters/required/0").asText()).isEqualTo("file_path");
        assertThat(sent.has("temperature")).isTrue();
        assertThat(sent.has("safetySettings")).isFalse();
    }

    @Test
    void takesItsTurnToClaude() {
        chatCallsTools();
        String turn = turnAgain(chunks(FormatsUpstream.OPENAI, request("")));
        formats.taken();
        formats.streams(
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
                        + "\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"usage\":{\"input_tokens\":9,"
                        + "\"output_tokens\":1}}}",
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                        + "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                        + "{\"type\":\"thinking_delta\",\"thinking\":\"A typo.\"}}",
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}",
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":"
                        + "{\"type\":\"text\",\"text\":\"Fixed.\"}}",
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":1}",
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                        + "\"usage\":{\"output_tokens\":4}}",
                "event: message_stop\ndata: {\"type\":\"message_stop\"}");

        List<JsonNode> chunks = chunks(FormatsUpstream.ANTHROPIC, request(turn + results()));

        assertThat(parts(chunks)).containsExactly(
                json("{\"text\":\"A typo.\",\"thought\":true}"), json("{\"text\":\"Fixed.\"}"), json("{\"text\":\"\"}"));
        JsonNode sent = body(formats.taken());
        assertThat(sent.at("/messages/1/content")).isEqualTo(json("""
                [{"type":"text","text":"Reading."},
                 {"type":"tool_use","id":"call_1","name":"read_file","input":{"file_path":"a.txt"}},
                 {"type":"tool_use","id":"call_2","name":"mcp_tickets-x2e-v1_open","input":{}}]"""));
        assertThat(sent.at("/messages/2/content/1")).isEqualTo(json("""
                {"type":"tool_result","tool_use_id":"call_2","content":[{"type":"text","text":"One picture"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]}"""));
        assertThat(sent.path("system").asText()).isEqualTo("You are Gemini CLI.");
    }
}
