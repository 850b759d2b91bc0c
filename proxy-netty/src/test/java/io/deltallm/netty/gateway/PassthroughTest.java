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
    void countsTheTokensOfWhatItUnderstands() {
        upstream.next(ChatSample.reply());
        String key = gateway.newKey(KeySpec.aKey().withTokensPerMinute(18));

        assertThat(post("/openai/v2/chat/completions", key, ChatSample.REQUEST).status()).isEqualTo(200);
        assertThat(post("/openai/v2/chat/completions", key, ChatSample.REQUEST).status()).isEqualTo(429);
    }
}
