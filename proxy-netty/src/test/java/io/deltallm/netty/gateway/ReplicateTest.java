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
        upstream.next(Script.json(201, "{\"id\":\"p1\",\"status\":\"succeeded\",\"output\":[\"hel\",\"lo\"]}"));

        RawResponse response = chat();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.json().at("/choices/0/message/content").asText()).isEqualTo("hello");
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/v1/models/meta/llama-3/predictions");
        assertThat(request.headers().all("Prefer")).containsExactly("wait");
    }

    @Test
    void saysThatAPredictionTookTooLong() {
        upstream.next(Script.json(201, "{\"id\":\"p1\",\"status\":\"processing\",\"output\":null}"));

        assertThat(chat().status()).isEqualTo(504);
    }
}
