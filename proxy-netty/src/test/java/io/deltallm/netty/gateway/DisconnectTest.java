package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static org.assertj.core.api.Assertions.assertThat;

/// A client that goes away takes its upstream attempt with it, at once, and leaves nothing behind.
@ExtendWith(LeakGuard.class)
final class DisconnectTest {
    enum Way {
        FIN {
            @Override
            void leave(RawClient client) {
                client.close();
            }
        },
        RST {
            @Override
            void leave(RawClient client) {
                client.reset();
            }
        },
        HALF_CLOSE {
            @Override
            void leave(RawClient client) {
                client.halfClose();
            }
        };

        abstract void leave(RawClient client);
    }

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void cancelsBeforeTheUpstreamAnswered(Way way) {
        upstream.next(Script.silence());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            ReceivedRequest request = upstream.takeRequest();

            way.leave(client);

            request.awaitPeerClosed();
        }
        gateway.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void cancelsWithinAStream(Way way) {
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).stall());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("\n\n");
            ReceivedRequest request = upstream.takeRequest();

            way.leave(client);

            request.awaitPeerClosed();
        }
        gateway.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void cancelsAStreamThatKeepsComing(Way way) {
        var endless = ChatSample.openStream();
        for (int i = 0; i < 50_000; i++) {
            endless.piece(ChatSample.delta("t" + i));
        }
        upstream.next(endless.end());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("t9");
            ReceivedRequest request = upstream.takeRequest();

            way.leave(client);

            request.awaitPeerClosed();
        }
        gateway.assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void forgetsARequestWhoseBodyNeverEnds(Way way) {
        try (var client = gateway.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + GatewayFixture.MASTER_KEY
                    + "\r\nContent-Length: 100\r\n\r\n{\"model\":");
            Eventually.until("the request is under way", () -> gateway.exchangesInFlight() == 1);

            way.leave(client);
            gateway.assertNothingLeft();
        }
        assertThat(upstream.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void forgetsAHeadThatNeverEnds(Way way) {
        try (var client = gateway.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: gate");

            way.leave(client);
            gateway.assertNothingLeft();
        }
    }

    @Test
    void cancelsWithAPipelinedRequestWaiting() {
        upstream.next(Script.silence());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            ReceivedRequest request = upstream.takeRequest();
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);

            client.reset();

            request.awaitPeerClosed();
        }
        gateway.assertNothingLeft();
        assertThat(upstream.requestCount()).isEqualTo(1);
    }

    @Test
    void leavesNothingOf200VanishedClients() {
        upstream.otherwise(request -> request.headers().has("X-Stream")
                ? ChatSample.openStream().piece(ChatSample.delta("a")).stall()
                : Script.silence());
        String key = gateway.newKey(aKey().withParallel(100));

        vanish(key, 100);
        // Had the first clients kept a single slot, not all of these would be let through.
        vanish(key, 200);
    }

    private void vanish(String key, int upstreamRequests) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RawClient client = gateway.connect();
            clients.add(client);
            switch (i % 4) {
                case 0 -> client.post(ChatSample.PATH, key, ChatSample.REQUEST);
                case 1 -> client.post(ChatSample.PATH, key, ChatSample.STREAM_REQUEST, "X-Stream: 1\r\n").readHead();
                case 2 -> client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nContent-Le");
                default -> client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                        + key + "\r\nContent-Length: 1000\r\n\r\n{\"a\"");
            }
        }
        Eventually.until(upstreamRequests + " requests are upstream", () -> upstream.requestCount() == upstreamRequests);

        for (int i = 0; i < clients.size(); i++) {
            Way.values()[i % 2].leave(clients.get(i));
        }

        gateway.assertNothingLeft();
        Eventually.until("no client connection is left", () -> gateway.clientConnections() == 0);
        Eventually.until("no upstream connection is left", () -> upstream.openConnections() == 0);
    }

    @Test
    void servesOthersWhileOneVanishes() {
        var gate = new Gate();
        upstream.next(Script.silence()).next(ChatSample.openStream().gate(gate).piece(ChatSample.DONE).end());
        try (var leaving = gateway.connect(); var staying = gateway.connect()) {
            leaving.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            ReceivedRequest request = upstream.takeRequest();
            staying.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST);
            gate.awaitReached();

            leaving.reset();
            request.awaitPeerClosed();
            gate.open();

            assertThat(staying.read().text()).isEqualTo(ChatSample.DONE);
        }
    }
}
