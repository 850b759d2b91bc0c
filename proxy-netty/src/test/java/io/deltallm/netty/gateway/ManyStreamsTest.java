package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class ManyStreamsTest {
    private static final int STREAMS = 2_000;

    @Test
    @Timeout(60)
    void carriesTwoThousandStreamsAtOnce() throws InterruptedException {
        var gate = new Gate();
        var begun = new AtomicInteger();
        var whole = new AtomicInteger();
        try (var upstream = ScriptedUpstream.start().withoutRecording().otherwise(ChatSample.openStream()
                        .piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.delta("b") + ChatSample.USAGE_EVENT + ChatSample.DONE).end());
                var gateway = GatewayFixture.inFrontOf(upstream)
                        .set("upstream.max_connections", STREAMS).set("server.max_connections", STREAMS + 100).start()) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    if (readsItsStream(gateway, begun)) {
                        whole.incrementAndGet();
                    }
                }));
            }
            Eventually.until("all streams have begun", () -> begun.get() == STREAMS);
            assertThat(gateway.exchangesInFlight()).isEqualTo(STREAMS);

            gate.open();
            for (Thread client : clients) {
                client.join();
            }

            assertThat(whole.get()).isEqualTo(STREAMS);
            gateway.assertNothingLeft();
        }
    }

    private static boolean readsItsStream(GatewayFixture gateway, AtomicInteger begun) {
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            String text = client.readChunksUntil("\n\n");
            begun.incrementAndGet();
            text += client.readChunksUntil(ChatSample.DONE);
            return text.equals(ChatSample.delta("a") + ChatSample.delta("b") + ChatSample.DONE) && client.readChunk() == null;
        }
    }
}
