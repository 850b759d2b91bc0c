package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.GatewayFixture;
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

/// Chats in front of Replicate, whose answers are predictions that take their time.
@ExtendWith(LeakGuard.class)
final class ReplicateTest {
    private static final String CHAT = "{\"model\":\"llama\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String RUNNING = "{\"id\":\"p1\",\"status\":\"processing\",\"output\":null,"
            + "\"urls\":{\"get\":\"https://api.replicate.com/v1/predictions/p1\","
            + "\"cancel\":\"https://api.replicate.com/v1/predictions/p1/cancel\"}}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .model("llama", "replicate/meta/llama-3", upstream.baseUrl().replace("/v1", ""))
                .start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    private RawResponse chat() {
        try (RawClient client = gateway.connect()) {
            return client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT).read();
        }
    }

    @Test
    void asksToWaitForTheEnd() {
        upstream.next(Script.reply(201)
                .header("Content-Type", "application/json")
                .header("ratelimit-remaining", "599")
                .whole("{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":[\"hel\",\"lo\"]}"));

        RawResponse response = chat();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().at("/choices/0/message/content").asText()).isEqualTo("hello");
        assertThat(response.header("llm_provider-ratelimit-remaining")).isEqualTo("599");
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/v1/models/meta/llama-3/predictions");
        assertThat(request.headers().all("Prefer")).containsExactly("wait");
        assertThat(request.headers().all("Cancel-After")).containsExactly("600s");
    }

    @Test
    void asksAgainUntilThePredictionHasEnded() {
        upstream.next(Script.json(201, RUNNING))
                .next(Script.json(200, RUNNING))
                .next(Script.json(200, "{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":[\"hel\",\"lo\"]}"));

        RawResponse response = chat();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().at("/choices/0/message/content").asText()).isEqualTo("hello");
        assertThat(upstream.requests()).extracting(request -> request.method() + " " + request.target()).containsExactly(
                "POST /v1/models/meta/llama-3/predictions", "GET /v1/predictions/p1", "GET /v1/predictions/p1");
        ReceivedRequest last = upstream.requests().getLast();
        assertThat(last.headers().first("Authorization")).isEqualTo("Bearer " + GatewayFixture.UPSTREAM_KEY);
        assertThat(last.text()).isEmpty();
    }

    /// Not every model streams: then what there is in the end comes as a stream.
    @Test
    void streamsAPredictionThatHasEnded() {
        upstream.next(Script.json(201, RUNNING))
                .next(Script.json(200, "{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":[\"hel\",\"lo\"]}"));

        RawResponse response;
        try (RawClient client = gateway.connect()) {
            response = client.post(
                            "/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""))
                    .read();
        }

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(response.text()).contains("hel", "lo").endsWith("data: [DONE]\n\n");
    }

    @Test
    void tellsWhenThePredictionFails() {
        upstream.next(Script.json(201, RUNNING)).next(Script.json(200, "{\"status\":\"failed\",\"error\":\"no memory\"}"));

        RawResponse response = chat();

        assertThat(response.status()).isGreaterThanOrEqualTo(500);
        assertThat(response.error("message")).contains("no memory");
    }

    /// It costs money as long as it runs.
    @Test
    void cancelsWhenTheClientIsGone() {
        upstream.otherwise(Script.json(200, RUNNING));
        try (RawClient client = gateway.connect()) {
            client.post("/v1/chat/completions", GatewayFixture.MASTER_KEY, CHAT);
            upstream.takeRequest();
            upstream.takeRequest();
        }

        ReceivedRequest last = upstream.takeRequest();
        while (last.method().equals("GET")) {
            last = upstream.takeRequest();
        }

        assertThat(last.target()).isEqualTo("/v1/predictions/p1/cancel");
        gateway.awaitIdle();
        assertThat(gateway.metrics().sum("deltallm_client_disconnects_total")).isEqualTo(1);
    }

    @Test
    void cancelsNothingThatHasEnded() {
        upstream.next(Script.json(201, RUNNING)).next(Script.json(200, "{\"status\":\"succeeded\",\"output\":\"hello\"}"));

        chat();
        gateway.awaitIdle();

        assertThat(upstream.requestCount()).isEqualTo(2);
    }

    @Test
    void saysThatItCannotAskAgain() {
        upstream.next(Script.json(201, "{\"id\":\"p1\",\"status\":\"processing\",\"output\":null}"));

        assertThat(chat().status()).isEqualTo(504);
    }
}
