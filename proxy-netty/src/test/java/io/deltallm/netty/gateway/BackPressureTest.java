package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/// A client that does not read slows its own provider down, and nobody else.
@ExtendWith(LeakGuard.class)
final class BackPressureTest {
    private static final int TOTAL = 64 << 20;
    private static final int PIECE = 64 << 10;

    /// What kernel buffers of two loopback connections and the gateway's own high-water mark may hold together.
    private static final long BOUND = 24L << 20;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        // One loop, so that the slow and the quick client share it.
        gateway = GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1).start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    @Test
    void stopsReadingFromTheProviderAndServesOthers() {
        byte[] piece = new byte[PIECE];
        Arrays.fill(piece, (byte) 'x');
        Script.Reply reply = Script.reply(200).header("Content-Type", "application/octet-stream");
        for (int i = 0; i < TOTAL / PIECE; i++) {
            reply.piece(piece);
        }
        upstream.next(reply.end()).otherwise(ChatSample.reply());
        try (var slow = RawClient.connect(gateway.port(), 64 << 10)) {
            slow.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).readHead();
            awaitStandstill();

            assertThat(upstream.bytesWritten()).isLessThan(BOUND);
            for (int i = 0; i < 20; i++) {
                try (var quick = gateway.connect()) {
                    assertThat(quick.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read().status()).isEqualTo(200);
                }
            }
            assertThat(slow.readExactly(TOTAL)).hasSize(TOTAL).containsOnly('x');
        }
    }

    @Test
    void sparesTheMemoryWhenASlowClientVanishes() {
        byte[] piece = new byte[PIECE];
        Script.Reply reply = Script.reply(200).header("Content-Type", "text/event-stream").chunked();
        for (int i = 0; i < TOTAL / PIECE; i++) {
            reply.piece(piece);
        }
        upstream.next(reply.end());
        try (var slow = RawClient.connect(gateway.port(), 64 << 10)) {
            slow.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            awaitStandstill();

            slow.reset();
        }

        upstream.takeRequest().awaitPeerClosed();
        assertThat(upstream.bytesWritten()).isLessThan(BOUND);
    }

    /// Waits until the upstream could not write for two hundred looks in a row.
    private void awaitStandstill() {
        long[] seen = {-1, 0};
        Eventually.until("the upstream is held back", () -> {
            long written = upstream.bytesWritten();
            seen[1] = written == seen[0] ? seen[1] + 1 : 0;
            seen[0] = written;
            return written > 0 && seen[1] > 200;
        });
    }
}
