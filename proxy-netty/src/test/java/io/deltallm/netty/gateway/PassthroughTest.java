package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.KeySpec;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests in a provider's own words.
@ExtendWith(LeakGuard.class)
final class PassthroughTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1).start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    private RawResponse post(String path, String key, String body) {
        try (RawClient client = gateway.connect()) {
            return client.post(path, key, body).read();
        }
    }

    private RawResponse get(String path) {
        try (RawClient client = gateway.connect()) {
            return client.get(path, GatewayFixture.MASTER_KEY).read();
        }
    }

    @Test
    void goesToTheProviderAsItIs() {
        upstream.next(Script.reply(201).header("X-Theirs", "t").whole("any thing"));
        String body = "{\"model\" : \"gpt-own\", \"temperature\": 99}";

        RawResponse response = post("/openai/v1/fine_tuning/jobs?limit=2&key=sk", GatewayFixture.MASTER_KEY, body);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.text()).isEqualTo("any thing");
        assertThat(response.header("X-Theirs")).isEqualTo("t");
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/v1/fine_tuning/jobs?limit=2");
        assertThat(request.text()).isEqualTo(body);
        assertThat(request.headers().all("Authorization")).containsExactly("Bearer " + GatewayFixture.UPSTREAM_KEY);
    }

    @Test
    void passesEveryMethod() {
        upstream.next(Script.json(200, "{}"));

        assertThat(get("/openai/v1/assistants").status()).isEqualTo(200);

        assertThat(upstream.takeRequest().method()).isEqualTo("GET");
    }

    @Test
    void relaysFilesAndBatches() {
        upstream.next(Script.json(200, "{}")).next(Script.json(200, "{}"));

        assertThat(get("/v1/files/file-1/content").status()).isEqualTo(200);
        assertThat(post("/batches", GatewayFixture.MASTER_KEY, "{\"input_file_id\":\"f\"}").status()).isEqualTo(200);

        assertThat(upstream.takeRequest().target()).isEqualTo("/v1/files/file-1/content");
        assertThat(upstream.takeRequest().target()).isEqualTo("/v1/batches");
    }

    private RawResponse send(String method, String path) {
        try (RawClient client = gateway.connect()) {
            return client.send(method + " " + path + " HTTP/1.1\r\nHost: gateway\r\nContent-Length: 0\r\nAuthorization: Bearer "
                            + GatewayFixture.MASTER_KEY + "\r\n\r\n")
                    .read();
        }
    }

    @Test
    void relaysWhatIsAskedOfAStoredResponse() {
        String stored = "{ \"id\":\"resp_1\",\"usage\":{\"input_tokens\":5,\"output_tokens\":6,\"total_tokens\":11}}";
        upstream.otherwise(Script.json(200, stored));

        assertThat(send("GET", "/v1/responses/resp_1?include[]=x").text()).isEqualTo(stored);
        assertThat(send("DELETE", "/v1/responses/resp_1").status()).isEqualTo(200);
        assertThat(send("POST", "/responses/resp_1/cancel").status()).isEqualTo(200);
        assertThat(send("GET", "/v1/responses/resp_1/input_items?custom_llm_provider=openai").status()).isEqualTo(200);

        assertThat(upstream.requests()).extracting(request -> request.method() + " " + request.target()).containsExactly(
                "GET /v1/responses/resp_1?include[]=x",
                "DELETE /v1/responses/resp_1",
                "POST /v1/responses/resp_1/cancel",
                "GET /v1/responses/resp_1/input_items?custom_llm_provider=openai");
        // They were counted when the response was made.
        assertThat(gateway.metrics().sum("deltallm_tokens_total")).isZero();
    }

    @Test
    void findsTheProviderThatKeepsResponses() {
        gateway.reload(GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .withoutModels()
                .model("a", "anthropic/claude", upstream.baseUrl())
                .model("b", "azure/deployed", upstream.baseUrl().replace("/v1", "")));
        upstream.next(Script.json(200, "{}"));

        assertThat(get("/v1/responses/r").status()).isEqualTo(200);

        assertThat(upstream.takeRequest().target()).isEqualTo("/openai/v1/responses/r");
    }

    @Test
    void saysThatNobodyKeepsResponses() {
        gateway.reload(GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .withoutModels()
                .model("a", "anthropic/claude", upstream.baseUrl()));

        RawResponse response = get("/v1/responses/r");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.error("type")).isEqualTo("invalid_request_error");
        assertThat(response.error("message")).isEqualTo("No model of a provider that keeps responses is configured");
        assertThat(get("/v1/responses/r?custom_llm_provider=anthropic").error("message"))
                .isEqualTo("No model of the provider \"anthropic\" is configured, or it keeps no responses");
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void knowsOnlyConfiguredProviders() {
        RawResponse response = get("/cohere/v2/datasets");
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.error("message")).isEqualTo("No model of the provider \"cohere\" is configured");

        assertThat(get("/v1/files?custom_llm_provider=nobody").status()).isEqualTo(404);
        assertThat(get("/openai/../v1/x").status()).isEqualTo(404);
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void needsAKey() {
        assertThat(post("/openai/v1/assistants", "sk-unknown", "{}").status()).isEqualTo(401);
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void holdsAKeyToItsModels() {
        String key = gateway.newKey(KeySpec.aKey().withModels("gpt-4o"));
        upstream.next(Script.json(200, "{}"));

        assertThat(post("/openai/v1/x", key, "{\"model\":\"o1\"}").status()).isEqualTo(403);
        assertThat(post("/openai/v1/x", key, "{\"model\":\"gpt-4o\",\"model\":\"o1\"}").status()).isEqualTo(400);
        assertThat(post("/openai/v1/x", key, "{\"stream\":7,\"model\":\"o1\"}").status()).isEqualTo(400);
        assertThat(post("/openai/v1beta/models/o1:generate", key, "{}").status()).isEqualTo(403);
        assertThat(upstream.requestCount()).isZero();
        assertThat(post("/openai/v1/x", key, "{\"model\":\"gpt-4o\"}").status()).isEqualTo(200);
    }

    @Test
    void keepsAKeyWithAListAwayFromWhatBelongsToNoModel() {
        String limited = gateway.newKey(KeySpec.aKey().withModels("gpt-4o"));
        String unlimited = gateway.newKey(KeySpec.aKey());

        RawResponse refused = post("/v1/batches", limited, "{\"input_file_id\":\"f\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error("message")).contains("names no model").contains("allowed: gpt-4o");
        assertThat(post("/v1/responses/resp_1/cancel", limited, "{}").status()).isEqualTo(403);
        assertThat(upstream.requestCount()).isZero();

        upstream.next(Script.json(200, "{}"));
        assertThat(post("/v1/batches", unlimited, "{\"input_file_id\":\"f\"}").status()).isEqualTo(200);
    }

    @Test
    void countsTheTokensOfWhatItUnderstands() {
        upstream.next(ChatSample.reply());
        String key = gateway.newKey(KeySpec.aKey().withTokensPerMinute(18));

        assertThat(post("/openai/v2/chat/completions", key, ChatSample.REQUEST).status()).isEqualTo(200);
        assertThat(post("/openai/v2/chat/completions", key, ChatSample.REQUEST).status()).isEqualTo(429);
    }
}
