package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.MetricsText;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static org.assertj.core.api.Assertions.assertThat;

/// What a scrape tells of what happened on the wires.
@ExtendWith(LeakGuard.class)
final class ScrapeTest {
    private static final String CHAT = "route=\"chat/completions\"";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void countsRequestsByStatusAndTokensByKind() {
        upstream.next(ChatSample.reply()).next(ChatSample.stream(3)).next(Script.json(500, "{}"));
        chat(GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
        chat(GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST);
        chat(GatewayFixture.MASTER_KEY, ChatSample.REQUEST);

        MetricsText metrics = gateway.metrics();

        assertThat(metrics.sum("deltallm_requests_total", CHAT, "model=\"gpt-4o\"", "status=\"200\"")).isEqualTo(2);
        assertThat(metrics.sum("deltallm_requests_total", CHAT, "status=\"500\"")).isEqualTo(1);
        assertThat(metrics.sum("deltallm_tokens_total", "model=\"gpt-4o\"", "kind=\"prompt\"")).isEqualTo(22);
        assertThat(metrics.sum("deltallm_tokens_total", "model=\"gpt-4o\"", "kind=\"completion\"")).isEqualTo(14);
        assertThat(metrics.sum("deltallm_upstream_attempts_total")).isEqualTo(3);
        assertThat(metrics.sum("deltallm_request_duration_seconds_count", CHAT)).isEqualTo(3);
        assertThat(metrics.sum("deltallm_time_to_first_byte_seconds_count", CHAT)).isEqualTo(3);
        assertThat(metrics.sum("deltallm_overhead_seconds_count", CHAT)).isEqualTo(3);
    }

    @Test
    void countsRefusalsByCodeAndScope() {
        String key = gateway.newKey(aKey().withRequestsPerMinute(1));
        upstream.next(ChatSample.reply());
        chat(key, ChatSample.REQUEST);
        chat(key, ChatSample.REQUEST);
        chat("sk-unknown", ChatSample.REQUEST);

        MetricsText metrics = gateway.metrics();

        assertThat(metrics.sum("deltallm_errors_total", "code=\"rate_limited\"")).isEqualTo(1);
        assertThat(metrics.sum("deltallm_errors_total", "code=\"unauthorized\"", "blame=\"client\"")).isEqualTo(1);
        assertThat(metrics.sum("deltallm_rate_limited_total")).isEqualTo(1);
        assertThat(metrics.sum("deltallm_requests_total", CHAT, "status=\"429\"")).isEqualTo(1);
    }

    @Test
    void makesNoLabelOfWhatAClientSays() {
        chat(GatewayFixture.MASTER_KEY, ChatSample.REQUEST.replace("gpt-4o", "made-up-name"));
        try (var client = gateway.connect()) {
            client.get("/v1/made-up-path", GatewayFixture.MASTER_KEY).read();
            client.get("/v1/models/made-up-name", GatewayFixture.MASTER_KEY).read();
        }

        assertThat(gateway.metrics().text()).doesNotContain("made-up").doesNotContain(GatewayFixture.MASTER_KEY);
    }

    @Test
    void countsVanishedClients() {
        upstream.next(Script.silence());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            var request = upstream.takeRequest();
            client.reset();
            request.awaitPeerClosed();
        }

        Eventually.until("the client is counted", () -> gateway.metrics().sum("deltallm_client_disconnects_total") == 1);
    }

    @Test
    void showsConnections() {
        upstream.next(ChatSample.reply());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read();

            assertThat(gateway.clientConnections()).isEqualTo(1);
            assertThat(gateway.metrics().sum("deltallm_upstream_connections", "state=\"idle\"")).isEqualTo(1);
        }
        Eventually.until("the connection is gone", () -> gateway.clientConnections() == 0);
    }

    @Test
    void asksForAKeyWhereThatIsConfigured() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("metrics.require_key", true).start();
        try (var client = gateway.connect()) {
            assertThat(client.send("GET /metrics HTTP/1.1\r\nHost: gateway\r\n\r\n").read().status()).isEqualTo(401);
            assertThat(client.get("/metrics", GatewayFixture.MASTER_KEY).read().status()).isEqualTo(200);
        }
    }

    private void chat(String key, String body) {
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, key, body).read();
        }
    }
}
