package io.deltallm.netty.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.List;

/// A gateway with a model of each format, all of them answered by one scripted upstream: what the tests of the official
/// clients share. Confined to one test class.
final class FormatsUpstream implements AutoCloseable {
    static final String OPENAI = "on-openai";
    static final String OPENAI_THINKING = "on-openai-thinking";
    static final String OPENAI_RESPONSES = "on-openai-responses";
    static final String OPENAI_LATEST = "on-openai-latest";
    static final String OPENAI_CHAT = "on-openai-chat";
    static final String DEEPSEEK = "on-deepseek";
    static final String ANTHROPIC = "on-anthropic";
    static final String STRICT_ANTHROPIC = "on-anthropic-strict";
    static final String GEMINI = "on-gemini";
    static final String CONVERSE = "on-converse";
    static final String COHERE_EMBED = "on-cohere-embed";
    static final String GEMINI_EMBED = "on-gemini-embed";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFixture gateway;

    FormatsUpstream() {
        String root = "http://127.0.0.1:" + upstream.port();
        gateway = GatewayFixture.inFrontOf(upstream)
                .withoutModels()
                .model(OPENAI, "openai/gpt-4o", root + "/v1")
                .info("max_output_tokens", 16_384)
                .model(OPENAI_THINKING, "openai/gpt-5", root + "/v1")
                .model(OPENAI_RESPONSES, "openai/gpt-5", root + "/v1")
                .info("supported_endpoints", List.of("/v1/responses"))
                .model(OPENAI_LATEST, "openai/gpt-5.6", root + "/v1")
                .model(OPENAI_CHAT, "openai/gpt-5", root + "/v1")
                .info("supported_endpoints", List.of("/v1/chat/completions"))
                .model(DEEPSEEK, "deepseek/deepseek-reasoner", root)
                .model(ANTHROPIC, "anthropic/claude-sonnet-4-5", root)
                .model(STRICT_ANTHROPIC, "anthropic/claude-sonnet-4-5", root)
                .parameter("drop_params", false)
                .model(GEMINI, "gemini/gemini-2.5-flash", root + "/v1beta")
                .model(CONVERSE, "bedrock/converse/anthropic.claude-sonnet-4-5-20250929-v1:0", root)
                .parameter("aws_region_name", "us-east-1")
                .model(COHERE_EMBED, "cohere/embed-english-v3.0", root)
                .model(GEMINI_EMBED, "gemini/gemini-embedding-001", root + "/v1beta")
                .start();
    }

    String url() {
        return "http://127.0.0.1:" + gateway.port();
    }

    RawClient connect() {
        return gateway.connect();
    }

    void answers(int status, String json) {
        upstream.next(Script.json(status, json));
    }

    /// A stream of events, each without its framing's last empty line.
    void streams(String... events) {
        Script.Reply reply = Script.reply(200).header("Content-Type", "text/event-stream").chunked();
        for (String event : events) {
            reply.piece(event + "\n\n");
        }
        upstream.next(reply.end());
    }

    void plays(Script script) {
        upstream.next(script);
    }

    ReceivedRequest taken() {
        return upstream.takeRequest();
    }

    /// How many requests came so far.
    int requests() {
        return upstream.requestCount();
    }

    void forget() {
        upstream.forget();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static JsonNode body(ReceivedRequest request) {
        return json(request.text());
    }

    @Override
    public void close() {
        try {
            gateway.assertNothingLeft();
        } finally {
            gateway.close();
            upstream.close();
        }
    }
}
