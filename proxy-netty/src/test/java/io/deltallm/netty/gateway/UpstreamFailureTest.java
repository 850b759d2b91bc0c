package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.DeafPort;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class UpstreamFailureTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        // One loop: each has connections of its own, and reuse is what these tests are about.
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .set("upstream.first_byte_timeout", "400ms")
                .set("upstream.silence_timeout", "400ms")
                .start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    @Test
    void saysThatNobodyListens() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf("http://127.0.0.1:" + ScriptedUpstream.refusedPort() + "/v1").start();

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.error("code")).isEqualTo("upstream_unreachable");
        assertThat(response.error("type")).isEqualTo("server_error");
        assertThat(response.header("x-request-id")).isNotBlank();
        assertThat(response.text()).doesNotContain(GatewayFixture.UPSTREAM_KEY);
    }

    @Test
    void saysThatTheHostIsUnknown() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf("http://nowhere.invalid/v1").start();

        assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(502);
    }

    @Test
    void givesUpConnecting() {
        gateway.close();
        try (DeafPort deaf = new DeafPort()) {
            gateway = GatewayFixture.inFrontOf("http://127.0.0.1:" + deaf.port() + "/v1")
                    .set("upstream.connect_timeout", "300ms")
                    .start();

            RawResponse response = chat(ChatSample.REQUEST);

            assertThat(response.status()).isEqualTo(504);
            assertThat(response.error("code")).isEqualTo("upstream_timeout");
            assertThat(response.error("message")).contains("did not accept a connection in time");
        }
    }

    @Test
    void givesUpWaitingForTheFirstByte() {
        upstream.next(Script.silence());

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.error("code")).isEqualTo("upstream_timeout");
        upstream.takeRequest().awaitPeerClosed();
    }

    @Test
    void saysThatAllConnectionsAreInUse() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1)
                .set("upstream.max_connections", 1).set("upstream.acquire_timeout", "200ms").start();
        var gate = new Gate();
        upstream.next(Script.reply(200).header("Content-Type", "application/json").gate(gate).whole(ChatSample.REPLY))
                .otherwise(ChatSample.reply());
        try (var first = gateway.connect()) {
            first.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            gate.awaitReached();

            RawResponse refused = chat(ChatSample.REQUEST);
            gate.open();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.error("code")).isEqualTo("upstream_pool_timeout");
            assertThat(refused.header("Retry-After")).isNotBlank();
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void letsARequestWaitForAConnection() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1).set("upstream.max_connections", 1).start();
        var gate = new Gate();
        upstream.next(Script.reply(200).header("Content-Type", "application/json").gate(gate).whole(ChatSample.REPLY))
                .otherwise(ChatSample.reply());
        try (var first = gateway.connect(); var second = gateway.connect()) {
            first.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            gate.awaitReached();
            second.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST);
            Eventually.until("the second waits", () -> gateway.exchangesInFlight() == 2);
            gate.open();

            assertThat(first.read().status()).isEqualTo(200);
            assertThat(second.read().status()).isEqualTo(200);
        }
    }

    @Test
    void keepsNoMoreIdleConnectionsThanItMay() throws InterruptedException {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("server.event_loop_threads", 1).set("upstream.max_idle", 2).start();
        var gate = new Gate();
        upstream.otherwise(Script.reply(200).header("Content-Type", "application/json").gate(gate).whole(ChatSample.REPLY));
        Thread[] clients = new Thread[8];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Thread.ofVirtual().start(() -> chat(ChatSample.REQUEST));
        }
        Eventually.until("all are upstream", () -> upstream.requestCount() == clients.length);
        gate.open();
        for (Thread client : clients) {
            client.join();
        }

        Eventually.until("two connections are left", () -> upstream.openConnections() == 2);
        assertThat(gateway.metrics().sum("deltallm_upstream_connections", "state=\"idle\"")).isEqualTo(2);
        assertThat(gateway.metrics().sum("deltallm_upstream_connections", "state=\"active\"")).isZero();
    }

    @Test
    void closesConnectionsThatWereIdleForLong() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("upstream.idle_expiry", "200ms").start();
        upstream.otherwise(ChatSample.reply());

        assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);

        upstream.takeRequest().awaitPeerClosed();
        assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);
    }

    @Test
    void givesUpOnAStreamThatFallsSilent() {
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).stall());

        RawResponse response = chat(ChatSample.STREAM_REQUEST);

        assertThat(response.text()).startsWith(ChatSample.delta("a")).doesNotContain("[DONE]");
        upstream.takeRequest().awaitPeerClosed();
    }

    @Test
    void showsACutBodyAsCut() {
        upstream.next(Script.reply(200).header("Content-Type", "application/json").piece(ChatSample.REPLY).cut());

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.whole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsACutStreamAsCutAndNeverAsDone(boolean reset) {
        var begun = ChatSample.openStream().piece(ChatSample.delta("a"));
        var gate = new Gate();
        upstream.next(reset ? begun.gate(gate).cutByReset() : begun.gate(gate).cut());
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            assertThat(client.readChunksUntil("\n\n")).isEqualTo(ChatSample.delta("a"));
            gate.open();

            String rest = client.readRest();

            assertThat(rest).doesNotContain("[DONE]");
            assertThat(rest.contains("event: error") || rest.contains("\"error\"") || !rest.endsWith("0\r\n\r\n"))
                    .as("an error event or a visible cut, got: " + rest).isTrue();
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void retriesADeadReusedConnectionOnceOnAFreshOne() {
        upstream.next(ChatSample.reply()).next(Script.reset()).next(ChatSample.reply());
        assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.text()).isEqualTo(ChatSample.REPLY);
        assertThat(upstream.connections()).isEqualTo(2);
        assertThat(upstream.requests().get(2).text()).isEqualTo(upstream.requests().get(1).text());
    }

    @Test
    void retriesWhenTheReusedConnectionWasHungUp() {
        upstream.next(ChatSample.reply()).next(Script.hangUp()).next(ChatSample.reply());
        chat(ChatSample.REQUEST);

        assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);
    }

    @Test
    void retriesADeadReusedConnectionOnlyOnce() {
        upstream.next(ChatSample.reply()).next(Script.reset()).next(Script.reset());
        chat(ChatSample.REQUEST);

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.error("code")).isEqualTo("upstream_closed");
        assertThat(upstream.requestCount()).isEqualTo(3);
    }

    @Test
    void doesNotRetryAFreshConnectionThatWasHungUp() {
        upstream.next(Script.hangUp());

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.error("code")).isEqualTo("upstream_closed");
        assertThat(upstream.requestCount()).isEqualTo(1);
    }

    @Test
    void doesNotRetryOnceTheReplyHasBegun() {
        upstream.next(ChatSample.reply()).next(ChatSample.openStream().piece(ChatSample.delta("a")).cutByReset());
        chat(ChatSample.REQUEST);

        chat(ChatSample.STREAM_REQUEST);

        assertThat(upstream.requestCount()).isEqualTo(2);
    }

    @Test
    void noticesThatAnIdleConnectionWasClosed() {
        upstream.otherwise(ChatSample.reply());
        chat(ChatSample.REQUEST);
        Eventually.until("the upstream connection is closed", () -> {
            upstream.closeIdle();
            return upstream.openConnections() == 0;
        });

        assertThat(chat(ChatSample.REQUEST).status()).isEqualTo(200);
        assertThat(upstream.requestCount()).isEqualTo(2);
    }

    @Test
    void doesNotReuseAConnectionThatAnnouncedItsEnd() {
        upstream.next(Script.reply(200).header("Connection", "close").header("Content-Type", "application/json").whole(ChatSample.REPLY))
                .next(ChatSample.reply());

        assertThat(chat(ChatSample.REQUEST).text()).isEqualTo(ChatSample.REPLY);
        assertThat(chat(ChatSample.REQUEST).text()).isEqualTo(ChatSample.REPLY);
        assertThat(upstream.connections()).isEqualTo(2);
    }

    @Test
    void doesNotReuseAConnectionThatSaidMoreThanItShould() {
        upstream.next(Script.raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL"))
                .next(ChatSample.reply());

        assertThat(chat(ChatSample.REQUEST).text()).isEqualTo("{}");
        assertThat(chat(ChatSample.REQUEST).text()).isEqualTo(ChatSample.REPLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SMTP hello\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 200 OK\r\nBroken\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    })
    void calls502WhatIsNotHttp(String bytes) {
        upstream.next(Script.raw(bytes));

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(502);
        assertThat(response.error("code")).isEqualTo("upstream_protocol_error");
        upstream.takeRequest().awaitPeerClosed();
    }

    @Test
    void endsAStreamWhoseChunksBreakVisibly() {
        upstream.next(Script.raw(String.join("\r\n", "HTTP/1.1 200 OK", "Content-Type: text/event-stream",
                "Transfer-Encoding: chunked", "", "9", "data: 1\n\n", "zz", "")));

        RawResponse response = chat(ChatSample.STREAM_REQUEST);

        assertThat(response.text()).startsWith("data: 1\n\n").doesNotContain("[DONE]");
    }

    @Test
    void passesInformationalResponsesBy() {
        upstream.next(Script.raw("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));

        assertThat(chat(ChatSample.REQUEST).text()).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504, 529})
    void passesTheProvidersErrorsOn(int status) {
        String body = "{ \"error\" : {\"message\":\"provider says no\",\"type\":\"some_error\",\"param\":null,\"code\":\"x\"}}";
        upstream.next(Script.reply(status).header("Content-Type", "application/json").header("Retry-After", "7").whole(body));

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo(body);
        assertThat(response.header("Retry-After")).isEqualTo("7");
    }

    @Test
    void relaysAnAnswerGivenBeforeTheBodyWasRead() {
        var gate = new Gate();
        String large = ChatSample.REQUEST.replace("hi", "x".repeat(8 << 20));
        upstream.next(Script.json(413, "{\"error\":{\"message\":\"too long\"}}").readingBodyAfter(gate).early());

        assertThat(chat(large).status()).isEqualTo(413);
        gate.open();
    }

    @Test
    void readsABodyThatTheConnectionEnds() {
        upstream.next(Script.reply(200).header("Content-Type", "application/json").closeDelimited().whole(ChatSample.REPLY));

        RawResponse response = chat(ChatSample.REQUEST);

        assertThat(response.text()).isEqualTo(ChatSample.REPLY);
        assertThat(response.whole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void relaysRepliesWithoutBody(int status) {
        upstream.next(Script.raw("HTTP/1.1 " + status + " X\r\n\r\n")).next(ChatSample.reply());
        try (var client = gateway.connect()) {
            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read().status()).isEqualTo(status);
            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read().text())
                    .isEqualTo(ChatSample.REPLY);
        }
    }

    private RawResponse chat(String body) {
        try (var client = gateway.connect()) {
            return client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, body).read();
        }
    }
}
