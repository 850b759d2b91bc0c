package io.deltallm.codec.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Every value of requests and replies, replaced by what it should not be: the answer is a refusal or a tolerant
/// reading, whose result can be written; never another failure.
class MessagesHostileInputTest {
    private static final List<String> NONSENSE =
            List.of("null", "5", "-1.5e3", "true", "\"\"", "\"x\"", "[]", "[5]", "[[]]", "{}", "{\"type\":\"x\"}");
    private static final String REQUEST = """
            {"model":"claude-sonnet-4-5","max_tokens":9000,"system":[{"type":"text","text":"S"}],"stream":true,
            "messages":[{"role":"user","content":[{"type":"text","text":"t","cache_control":{"type":"ephemeral","ttl":"5m"}},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}},
            {"type":"document","title":"d","source":{"type":"content","content":[{"type":"text","text":"x"}]}}]},
            {"role":"assistant","content":[{"type":"thinking","thinking":"h","signature":"s"},
            {"type":"redacted_thinking","data":"d"},{"type":"tool_use","id":"t1","name":"a","input":{"x":1},
            "extra_content":{"google":{"thought_signature":"m"}}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","is_error":true,"content":"r"}]}],
            "tools":[{"name":"a","description":"d","input_schema":{"type":"object","properties":{}},"strict":true,
            "cache_control":{"type":"ephemeral"}},{"type":"web_search_20250305","name":"web_search"}],
            "tool_choice":{"type":"tool","name":"a","disable_parallel_tool_use":true},"temperature":0.5,"top_p":0.5,
            "top_k":5,"stop_sequences":["a"],"metadata":{"user_id":"u"},
            "thinking":{"type":"enabled","budget_tokens":2000,"display":"omitted"},
            "output_config":{"effort":"low","format":{"type":"json_schema","schema":{"type":"object"}},"task_budget":{}},
            "context_management":{"edits":[]}}""";
    private static final String REPLY = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
            {"type":"thinking","thinking":"h","signature":"s"},{"type":"redacted_thinking","data":"d"},
            {"type":"text","text":"t","citations":[{"type":"char_location","cited_text":"c","document_index":0,
            "document_title":"D"}]},{"type":"tool_use","id":"t","name":"a","input":{"x":1}},
            {"type":"server_tool_use","id":"s","name":"w","input":{}}],"stop_reason":"tool_use","stop_sequence":null,
            "usage":{"input_tokens":1,"output_tokens":2,"cache_read_input_tokens":3,"cache_creation_input_tokens":4,
            "cache_creation":{"ephemeral_5m_input_tokens":4},"output_tokens_details":{"thinking_tokens":1}}}""";

    /// The document, once for every value of it and every nonsense in its place.
    private static List<String> spoiled(String json) {
        List<String> spoiled = new ArrayList<>();
        JsonNode document = Transcript.json(json);
        spoil(document, document, spoiled);
        return spoiled;
    }

    private static void spoil(JsonNode document, JsonNode node, List<String> spoiled) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                for (String nonsense : NONSENSE) {
                    object.set(name, Transcript.json(nonsense));
                    spoiled.add(document.toString());
                }
                object.set(name, value);
                spoil(document, value, spoiled);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode value = array.get(i);
                for (String nonsense : NONSENSE) {
                    array.set(i, Transcript.json(nonsense));
                    spoiled.add(document.toString());
                }
                array.set(i, value);
                spoil(document, value, spoiled);
            }
        }
    }

    @Test
    void refusesOrReadsEverySpoiledRequest() {
        int refused = 0;
        int written = 0;
        for (String body : spoiled(REQUEST)) {
            try {
                ChatRequest request = new Messages()
                        .readRequest(new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8)), PathCall.NONE);
                for (String model : List.of("claude-3-5-haiku", "claude-sonnet-4-5", "claude-opus-4-7", "other")) {
                    JsonOutput out = new JsonOutput();
                    new Messages().writeRequest(request, new UpstreamCall(model, "p", Set.of(), 4096, _ -> {}), out);
                    assertThat(Transcript.json(out.toString()).path("messages")).as(body).isNotEmpty();
                }
                written++;
            } catch (Refused | JsonProblem e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
        assertThat(written).isGreaterThan(200);
    }

    @Test
    void refusesOrReadsEverySpoiledReply() {
        int refused = 0;
        int read = 0;
        for (String body : spoiled(REPLY)) {
            try {
                Told told = Told.plain(body, new MessagesReplyWriter(new ClientCall("x", "m", false, true, 0)));
                if (told.failure == null) {
                    assertThat(Transcript.json(told.written.toString()).path("type").asText()).isEqualTo("message");
                }
                read++;
            } catch (Refused | JsonProblem e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
        assertThat(read).isGreaterThan(100);
    }

    @Test
    void refusesOrReadsEverySpoiledEvent() {
        List<String> events = List.of(
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"c\",\"usage\":{\"input_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\","
                        + "\"name\":\"a\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\","
                        + "\"partial_json\":\"{}\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":\"x\"},\"usage\":"
                        + "{\"output_tokens\":5}}",
                "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"m\"}}");
        int whole = 0;
        for (int spoiledAt = 0; spoiledAt < events.size(); spoiledAt++) {
            for (String spoiled : spoiled(events.get(spoiledAt))) {
                Told told = new Told(new MessagesStreamWriter(new ClientCall("x", "m", true, true, 0)));
                ReplyReader reader = new MessagesStreamReader();
                try {
                    for (int i = 0; i < events.size() - 1; i++) {
                        reader.read(Frame.of(i == spoiledAt ? spoiled : events.get(i)), told);
                    }
                    if (spoiledAt == events.size() - 1) {
                        reader.read(Frame.of(spoiled), told);
                    }
                    told.end(reader);
                    assertThat(Transcript.events(told.written.toString())).isNotEmpty();
                    whole++;
                } catch (Refused | JsonProblem e) {
                    assertThat(e).hasMessageNotContaining("\n");
                }
            }
        }
        assertThat(whole).isGreaterThan(100);
    }
}
