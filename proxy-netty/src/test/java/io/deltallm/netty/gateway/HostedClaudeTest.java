package io.deltallm.netty.gateway;

import io.deltallm.codec.frame.AwsMessages;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.MetricsText;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.gateway.FormatsUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;

/// Anthropic's clients in front of Claude on Vertex and on Bedrock: what the format says arrives in the bytes it was
/// written in, both ways.
@ExtendWith(LeakGuard.class)
final class HostedClaudeTest {
    private static final String VERTEX = "claude-on-vertex";
    private static final String BEDROCK = "claude-on-bedrock";
    private static final String CONVERSE = "claude-by-converse";
    /// What the hub has no words for, oddly spaced.
    private static final String CONVERSATION = """
            "max_tokens": 100,
              "messages" : [ {"role":"user","content":[ {"type":"document","source":{"type":"text","media_type":"text/plain",
               "data":"Cats purr."},"title":"Cats","context":"An old book","citations":{"enabled":true}} ,
               {"type":"text","text":"What p\\u0075rrs? \u00fc"}]},
               {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"n","input":{ },"caller":{"type":"direct"}}]},
               {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"x"}]}],
              "tools":[{"name":"n","input_schema":{"type":"object"},"defer_loading":true,"input_examples":[{}]}],
              "of_tomorrow" : {"model":"m", "stream" : [1.0, 1e2]}""";
    private static final String START = "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
            + "\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5-20250929\",\"content\":[],\"of_tomorrow\":1.0,"
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}";
    private static final String DELTA = "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"citations_delta\","
            + "\"citation\":{\"type\":\"char_location\",\"cited_text\":\"Cats purr.\",\"document_index\":0,\"file_id\":null}}    }";
    private static final String END = "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"usage\":{\"output_tokens\":4}}";
    private static final String STOP = "{\"type\":\"message_stop\"}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        String root = "http://127.0.0.1:" + upstream.port();
        gateway = GatewayFixture.inFrontOf(upstream)
                .withoutModels()
                // What was counted is to be scraped on the same loop, after it.
                .set("server.event_loop_threads", 1)
                .model(VERTEX, "vertex_ai/claude-sonnet-4-5", root)
                .parameter("vertex_project", "p")
                .parameter("vertex_location", "us-east5")
                .model(BEDROCK, "bedrock/invoke/anthropic.claude-sonnet-4-5-20250929-v1:0", root)
                .parameter("aws_region_name", "us-east-1")
                .model(CONVERSE, "bedrock/converse/anthropic.claude-sonnet-4-5-20250929-v1:0", root)
                .parameter("aws_region_name", "us-east-1")
                .start();
    }

    @AfterEach
    void stop() {
        try {
            gateway.assertNothingLeft();
        } finally {
            gateway.close();
            upstream.close();
        }
    }

    private RawResponse asked(String body) {
        try (RawClient client = gateway.connect()) {
            return client.post(
                            "/v1/messages",
                            GatewayFixture.MASTER_KEY,
                            body,
                            "anthropic-beta: of-tomorrow-2026-01-01,context-1m-2025-08-07\r\n",
                            "Anthropic-Beta: effort-2025-11-24, context-1m-2025-08-07\r\n")
                    .read();
        }
    }

    private static String request(String model, boolean stream) {
        return "{ \"model\" : \"" + model + "\",\n \"stream\": " + stream + ",\n " + CONVERSATION + "\n}";
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private void assertCounted(int prompt, int completion) {
        MetricsText metrics = gateway.metrics();
        assertThat(metrics.sum("deltallm_tokens_total", "kind=\"prompt\"")).isEqualTo(prompt);
        assertThat(metrics.sum("deltallm_tokens_total", "kind=\"completion\"")).isEqualTo(completion);
        assertThat(metrics.sum("deltallm_translation_losses_total")).isZero();
    }

    @Test
    void streamsFromVertexByteByByte() {
        String stream = event("message_start", START) + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
                + event("content_block_delta", DELTA) + event("message_delta", END) + event("message_stop", STOP);
        upstream.next(Script.sse(stream.substring(0, 100), stream.substring(100, 300), stream.substring(300)));

        RawResponse response = asked(request(VERTEX, true));

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.header("Content-Type")).startsWith("text/event-stream");
        assertThat(response.text()).isEqualTo(stream);
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).endsWith("claude-sonnet-4-5:streamRawPredict");
        assertThat(request.head())
                .contains("anthropic-beta: of-tomorrow-2026-01-01,context-1m-2025-08-07\r\n")
                .contains("Anthropic-Beta: effort-2025-11-24, context-1m-2025-08-07\r\n");
        assertThat(request.text())
                .isEqualTo("{\n \"stream\": true,\n " + CONVERSATION + ",\"anthropic_version\":\"vertex-2023-10-16\"\n}");
        assertCounted(9, 4);
    }

    @Test
    void streamsFromBedrockWithTheProvidersData() {
        byte[] stream = AwsMessages.concat(
                AwsMessages.chunk(START),
                AwsMessages.chunk(DELTA),
                AwsMessages.chunk(END),
                AwsMessages.chunk("{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":9}}"));
        upstream.next(Script.reply(200)
                .header("Content-Type", "application/vnd.amazon.eventstream")
                .chunked()
                .pieces(stream, 100, 7, 250, 1)
                .end());

        RawResponse response = asked(request(BEDROCK, true));

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(response.header("Content-Type")).startsWith("text/event-stream");
        assertThat(response.text()).isEqualTo(event("message_start", START) + event("content_block_delta", DELTA)
                + event("message_delta", END) + event("message_stop", STOP));
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).endsWith("/invoke-with-response-stream");
        assertThat(request.text())
                .isEqualTo("{\n " + CONVERSATION + ",\"anthropic_version\":\"bedrock-2023-05-31\","
                        + "\"anthropic_beta\":[\"context-1m-2025-08-07\",\"effort-2025-11-24\"]\n}");
        assertThat(request.head()).doesNotContainIgnoringCase("anthropic-beta");
        assertThat(request.headers().first("Accept")).isEqualTo("application/vnd.amazon.eventstream");
        assertCounted(9, 4);
    }

    @Test
    void asksConverseForTheFeaturesOfTheHeader() {
        upstream.next(Script.json(200, "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hi\"}]}},"
                + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":9,\"outputTokens\":4}}"));

        RawResponse response = asked(
                "{\"model\":\"" + CONVERSE + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(json(upstream.takeRequest().text()).at("/additionalModelRequestFields/anthropic_beta"))
                .isEqualTo(json("[\"context-1m-2025-08-07\",\"effort-2025-11-24\"]"));
    }

    @Test
    void answersWithThePlainReplyAsItIs() {
        String reply = "{ \"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5-20250929\",\n"
                + "  \"content\":[{\"type\":\"text\",\"text\":\"Cats.\",\"citations\":[{\"of_tomorrow\":1.0}]}],"
                + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":9,\"output_tokens\":4,\"of_tomorrow\":null}} ";
        for (String model : new String[] {VERTEX, BEDROCK}) {
            upstream.next(Script.json(200, reply));

            RawResponse response = asked(request(model, false));

            assertThat(response.status()).as(response.text()).isEqualTo(200);
            assertThat(response.text()).isEqualTo(reply);
            assertThat(upstream.takeRequest().text()).contains(CONVERSATION);
        }
    }

    @Test
    void tellsOfAnErrorInTheFirstEventByTheStatus() {
        upstream.next(Script.sse(event(
                "error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")));
        assertError(asked(request(VERTEX, true)), 503, "overloaded_error");

        upstream.next(Script.reply(200)
                .header("Content-Type", "application/vnd.amazon.eventstream")
                .chunked()
                .piece(AwsMessages.exception("throttlingException", "{\"message\":\"Too many requests\"}"))
                .end());
        assertError(asked(request(BEDROCK, true)), 429, "rate_limit_error");
    }

    @Test
    void tellsGooglesAndAmazonsErrorsAsAnthropicWould() {
        upstream.next(Script.json(429, "[{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\"}}]"));
        assertError(asked(request(VERTEX, true)), 429, "rate_limit_error");

        upstream.next(Script.reply(400)
                .header("Content-Type", "application/json")
                .header("x-amzn-ErrorType", "ValidationException:http://internal.amazon.com/coral/")
                .whole("{\"message\":\"Malformed input request\"}"));
        assertError(asked(request(BEDROCK, false)), 400, "invalid_request_error");
    }

    private static void assertError(RawResponse response, int status, String type) {
        assertThat(response.status()).as(response.text()).isEqualTo(status);
        assertThat(json(response.text()).path("type").asText()).isEqualTo("error");
        assertThat(json(response.text()).at("/error/type").asText()).isEqualTo(type);
    }

    @Test
    void endsAStreamCutShortWithAnError() {
        Gate gate = new Gate();
        String begun = event("message_start", START) + event("content_block_delta", DELTA);
        upstream.next(Script.reply(200)
                .header("Content-Type", "text/event-stream")
                .chunked()
                .piece(begun)
                .gate(gate)
                .piece("event: content_block_delta\ndata: {\"type\":")
                .end());

        try (RawClient client = gateway.connect()) {
            client.post("/v1/messages", GatewayFixture.MASTER_KEY, request(VERTEX, true)).readHead();
            assertThat(client.readChunksUntil("file_id")).isEqualTo(begun);
            gate.open();

            assertThat(client.readRest())
                    .contains("event: error\ndata: {\"type\":\"error\"")
                    .doesNotContain("content_block_delta", "message_stop");
        }
    }
}
