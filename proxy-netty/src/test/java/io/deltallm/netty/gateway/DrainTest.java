package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// A stop lets running exchanges finish, up to a limit, and takes no new ones.
@ExtendWith(LeakGuard.class)
final class DrainTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void letsARunningStreamFinish() throws InterruptedException {
        var gate = new Gate();
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.DONE).end());
        try (var gateway = GatewayFixture.inFrontOf(upstream).start(); var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("\n\n");

            Thread stopping = Thread.ofVirtual().start(gateway::stop);
            awaitRefused(gateway.port());
            gate.open();

            assertThat(client.readChunksUntil(ChatSample.DONE)).isEqualTo(ChatSample.DONE);
            assertThat(client.readChunk()).isNull();
            assertThat(client.closedByPeer()).isTrue();
            stopping.join();
        }
    }

    @Test
    void closesIdleConnectionsAtOnce() throws InterruptedException {
        upstream.otherwise(ChatSample.reply());
        try (var gateway = GatewayFixture.inFrontOf(upstream).start(); var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read();

            Thread stopping = Thread.ofVirtual().start(gateway::stop);

            assertThat(client.closedByPeer()).isTrue();
            stopping.join();
        }
    }

    @Test
    void isNotReadyWhileItDrains() throws InterruptedException {
        var gate = new Gate();
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.DONE).end());
        try (var gateway = GatewayFixture.inFrontOf(upstream).start(); var client = gateway.connect(); var probe = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("\n\n");
            probe.send("GET /ready HTTP/1.1\r\nHost: gateway\r\n");

            Thread stopping = Thread.ofVirtual().start(gateway::stop);
            awaitRefused(gateway.port());
            probe.sendAsFarAsPossible("\r\n".getBytes(US_ASCII));

            // A probe that was under way hears no; one that comes later finds nobody.
            assertThat(probe.readRest()).satisfiesAnyOf(
                    rest -> assertThat(rest).startsWith("HTTP/1.1 503"), rest -> assertThat(rest).isEmpty());
            gate.open();
            client.readChunksUntil(ChatSample.DONE);
            stopping.join();
        }
    }

    @Test
    void cutsWhatDoesNotFinishInTime() {
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).stall());
        try (var gateway = GatewayFixture.inFrontOf(upstream).set("server.drain_timeout", "200ms").start(); var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("\n\n");

            gateway.stop();

            assertThat(client.readRest()).doesNotContain("[DONE]");
            upstream.takeRequest().awaitPeerClosed();
        }
    }

    @Test
    void leavesNothingOfARequestThatWasHalfReceived() {
        upstream.otherwise(Script.silence());
        var gateway = GatewayFixture.inFrontOf(upstream).start();
        try (var half = gateway.connect(); var headOnly = gateway.connect(); var waiting = gateway.connect()) {
            half.send("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer " + GatewayFixture.MASTER_KEY
                    + "\r\nContent-Length: 100\r\n\r\n{\"model\":");
            headOnly.send("POST /v1/chat/completions HTTP/1.1\r\nHost: gate");
            waiting.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            upstream.takeRequest();
            Eventually.until("both requests are under way", () -> gateway.exchangesInFlight() == 2);

            gateway.close();

            assertThat(half.closedByPeer()).isTrue();
            assertThat(headOnly.closedByPeer()).isTrue();
        }
    }

    @Test
    void answersTheLastRequestOfAConnectionWithClose() throws InterruptedException {
        var gate = new Gate();
        upstream.next(Script.reply(200).header("Content-Type", "application/json").piece("{").gate(gate).whole("}"));
        try (var gateway = GatewayFixture.inFrontOf(upstream).start(); var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            gate.awaitReached();

            Thread stopping = Thread.ofVirtual().start(gateway::stop);
            awaitRefused(gateway.port());
            gate.open();

            assertThat(client.read().text()).isEqualTo("{}");
            assertThat(client.closedByPeer()).isTrue();
            stopping.join();
        }
    }

    private static void awaitRefused(int port) {
        Eventually.until("new connections are refused", () -> {
            try {
                RawClient.connect(port).close();
                return false;
            } catch (UncheckedIOException e) {
                return true;
            }
        });
        assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(UncheckedIOException.class);
    }
}
