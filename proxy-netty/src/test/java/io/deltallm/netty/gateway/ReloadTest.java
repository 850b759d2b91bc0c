package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class ReloadTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream).start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    @Test
    void failsNoRequestWhileItIsReloadedUnderLoad() throws InterruptedException {
        upstream.withoutRecording().otherwise(ChatSample.reply());
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        var stop = new AtomicBoolean();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(Thread.ofVirtual().start(() -> chatUntil(stop, statuses)));
        }

        for (int i = 0; i < 40; i++) {
            gateway.reload(GatewayFixture.inFrontOf(upstream).model("extra-" + i, "openai/extra"));
            String key = gateway.newKey(aKey());
            gateway.changeKey(key, aKey().withModels("extra-" + i));
        }
        stop.set(true);
        for (Thread client : clients) {
            client.join();
        }

        assertThat(statuses.keySet()).containsExactly(200);
        assertThat(statuses.get(200)).isGreaterThan(40);
    }

    private void chatUntil(AtomicBoolean stop, Map<Integer, Integer> statuses) {
        try (var client = gateway.connect()) {
            while (!stop.get()) {
                int status = client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read().status();
                statuses.merge(status, 1, Integer::sum);
            }
        }
    }

    @Test
    void finishesAStreamOnTheConfigurationItBeganWith() {
        var gate = new Gate();
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.USAGE_EVENT + ChatSample.DONE).end());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("\n\n");

            gateway.reload(GatewayFixture.inFrontOf(upstream).withoutModels().model("other", "openai/other"));
            gate.open();

            assertThat(client.readChunksUntil(ChatSample.DONE)).isEqualTo(ChatSample.DONE);
            assertThat(client.readChunk()).isNull();
            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read().status()).isEqualTo(404);
        }
    }

    @Test
    void usesTheNewConfigurationAtOnce() {
        upstream.otherwise(ChatSample.reply());
        try (var client = gateway.connect()) {
            String request = ChatSample.REQUEST.replace("gpt-4o", "fresh");
            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, request).read().status()).isEqualTo(404);

            gateway.reload(GatewayFixture.inFrontOf(upstream).model("fresh", "openai/fresh-upstream"));

            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, request).read().status()).isEqualTo(200);
            assertThat(upstream.takeRequest().text()).contains("\"fresh-upstream\"");
        }
    }

    @Test
    void keepsBucketsAcrossReloads() {
        upstream.otherwise(ChatSample.reply());
        String key = gateway.newKey(aKey().withRequestsPerMinute(2));
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, key, ChatSample.REQUEST).read();
            client.post(ChatSample.PATH, key, ChatSample.REQUEST).read();

            gateway.reload(GatewayFixture.inFrontOf(upstream).model("more", "openai/more"));

            assertThat(client.post(ChatSample.PATH, key, ChatSample.REQUEST).read().status()).isEqualTo(429);
        }
    }
}
