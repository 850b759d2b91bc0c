package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/// How a client's connection lives and ends: keep-alive, pipelining, 100-continue, HEAD and OPTIONS, time limits.
@ExtendWith(LeakGuard.class)
final class ConnectionTest {
    private static final String POST = "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
            + GatewayFixture.MASTER_KEY + "\r\nContent-Length: " + ChatSample.REQUEST.length() + "\r\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        upstream.otherwise(ChatSample.reply());
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.header_timeout", "300ms")
                .set("server.body_timeout", "300ms")
                .set("server.idle_timeout", "600ms")
                .start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        upstream.next(Script.json(200, "{\"first\":1}")).next(Script.json(200, "{\"second\":2}"));
        try (var client = gateway.connect()) {
            client.send((POST + "\r\n" + ChatSample.REQUEST).repeat(2));

            assertThat(client.read().text()).isEqualTo("{\"first\":1}");
            assertThat(client.read().text()).isEqualTo("{\"second\":2}");
        }
    }

    @Test
    void answersAWholePipelineInOrder() {
        for (int i = 0; i < 5; i++) {
            upstream.next(Script.json(200, "{\"n\":" + i + "}"));
        }
        try (var client = gateway.connect()) {
            client.send((POST + "\r\n" + ChatSample.REQUEST).repeat(5));

            for (int i = 0; i < 5; i++) {
                assertThat(client.read().text()).isEqualTo("{\"n\":" + i + "}");
            }
        }
    }

    @Test
    void keepsTheConnectionBetweenRequests() {
        try (var client = gateway.connect()) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(POST + "\r\n" + ChatSample.REQUEST).read().status()).isEqualTo(200);
            }
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() {
        try (var client = gateway.connect()) {
            RawResponse response = client.send(POST + "Connection: close\r\n\r\n" + ChatSample.REQUEST).read();

            assertThat(response.headers().lists("Connection", "close")).isTrue();
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void closesAfterHttp10() {
        try (var client = gateway.connect()) {
            RawResponse response = client.send(POST.replace("1.1", "1.0") + "\r\n" + ChatSample.REQUEST).read();

            assertThat(response.text()).isEqualTo(ChatSample.REPLY);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void keepsHttp10AliveOnRequest() {
        String request = POST.replace("1.1", "1.0") + "Connection: keep-alive\r\n\r\n" + ChatSample.REQUEST;
        try (var client = gateway.connect()) {
            RawResponse response = client.send(request).read();

            assertThat(response.headers().lists("Connection", "keep-alive")).isTrue();
            assertThat(client.send(request).read().status()).isEqualTo(200);
        }
    }

    @Test
    void sendsNoChunksToHttp10() {
        upstream.next(ChatSample.stream(3));
        String head = POST.replace("1.1", "1.0").replaceAll("Content-Length: \\d+", "Content-Length: " + ChatSample.STREAM_REQUEST.length());
        try (var client = gateway.connect()) {
            RawResponse response = client.send(head + "\r\n" + ChatSample.STREAM_REQUEST).read();

            assertThat(response.headers().has("Transfer-Encoding")).isFalse();
            assertThat(response.text()).isEqualTo(ChatSample.streamText(3));
        }
    }

    @Test
    void asksForTheBodyThatTheClientHoldsBack() {
        try (var client = gateway.connect()) {
            client.send(POST + "Expect: 100-continue\r\n\r\n");

            assertThat(client.readHead().status()).isEqualTo(100);
            assertThat(client.send(ChatSample.REQUEST).read().status()).isEqualTo(200);
        }
    }

    @Test
    void refusesAStrangerBeforeItSendsTheBody() {
        try (var client = gateway.connect()) {
            client.send(POST.replace(GatewayFixture.MASTER_KEY, "sk-wrong") + "Expect: 100-continue\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(401);
        }
    }

    @Test
    void refusesOtherExpectations() {
        try (var client = gateway.connect()) {
            assertThat(client.send(POST + "Expect: miracles\r\n\r\n").read().status()).isEqualTo(417);
        }
    }

    @Test
    void answersHeadWithoutBody() {
        try (var client = gateway.connect()) {
            client.send("HEAD /health/liveliness HTTP/1.1\r\nHost: gateway\r\n\r\n");
            RawResponse head = client.readWithoutBody();

            assertThat(head.status()).isEqualTo(200);
            assertThat(client.send("GET /health/liveliness HTTP/1.1\r\nHost: gateway\r\n\r\n").read().status()).isEqualTo(200);
        }
    }

    @Test
    void answersAPreflightWithoutKey() {
        try (var client = gateway.connect()) {
            client.send(String.join("\r\n", "OPTIONS /v1/chat/completions HTTP/1.1", "Host: gateway", "Origin: https://app.example",
                    "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization, content-type", "", ""));
            RawResponse response = client.read();

            assertThat(response.status()).isIn(200, 204);
            assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.headers().lists("Access-Control-Allow-Methods", "POST")).isTrue();
            assertThat(response.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");
            assertThat(response.headers().has("Access-Control-Allow-Credentials")).isFalse();
        }
    }

    @Test
    void letsBrowsersReadReplies() {
        try (var client = gateway.connect()) {
            RawResponse response = client.send(POST + "Origin: https://app.example\r\n\r\n" + ChatSample.REQUEST).read();

            assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("*");
        }
    }

    @Test
    void namesTheAllowedVerb() {
        try (var client = gateway.connect()) {
            RawResponse response = client.get(ChatSample.PATH, GatewayFixture.MASTER_KEY).read();

            assertThat(response.status()).isEqualTo(405);
            assertThat(response.headers().lists("Allow", "POST")).isTrue();
            assertThat(response.error("code")).isEqualTo("method_not_allowed");
        }
    }

    @Test
    void knowsNoOtherPaths() {
        try (var client = gateway.connect()) {
            RawResponse response = client.get("/v1/nothing", GatewayFixture.MASTER_KEY).read();

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.error("code")).isEqualTo("not_found");
            assertThat(response.error("type")).isEqualTo("invalid_request_error");
            assertThat(response.json().has("timestamp")).isTrue();
        }
    }

    @Test
    void givesUpOnAHeadThatDoesNotEnd() {
        try (var client = gateway.connect()) {
            RawResponse response = client.send("GET /health HTTP/1.1\r\nHost: ga").read();

            assertThat(response.status()).isEqualTo(408);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void givesUpOnAHeadThatTricklesIn() {
        try (var client = gateway.connect()) {
            long start = System.nanoTime();
            client.send("GET /health HTTP/1.1\r\n");
            // One byte now and then must not buy more time.
            while (client.silentFor(50)) {
                client.sendAsFarAsPossible(new byte[] {'X'});
                assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            }

            assertThat(client.read().status()).isEqualTo(408);
        }
    }

    @Test
    void givesUpOnABodyThatStops() {
        try (var client = gateway.connect()) {
            RawResponse response = client.send(POST + "\r\n{").read();

            assertThat(response.status()).isEqualTo(408);
            assertThat(response.error("code")).isEqualTo("request_timeout");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void closesAnIdleConnectionSilently() {
        try (var client = gateway.connect()) {
            assertThat(client.closedByPeer()).isTrue();
        }
        try (var client = gateway.connect()) {
            client.send(POST + "\r\n" + ChatSample.REQUEST).read();

            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void keepsWaitingForASlowProviderBeyondTheIdleTime() {
        var gate = new Gate();
        upstream.next(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.DONE).end());
        try (var client = gateway.connect(); var other = gateway.connect()) {
            client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST).readHead();
            client.readChunksUntil("\n\n");
            // The other connection shows that the idle time has passed.
            assertThat(other.closedByPeer()).isTrue();
            gate.open();

            assertThat(client.readChunksUntil("[DONE]")).contains("[DONE]");
        }
    }

    @Test
    void turnsConnectionsAwayBeyondTheCap() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("server.max_connections", 2).start();
        try (var first = gateway.connect(); var second = gateway.connect()) {
            first.send(POST + "\r\n" + ChatSample.REQUEST).read();
            second.send(POST + "\r\n" + ChatSample.REQUEST).read();
            try (var third = gateway.connect()) {
                // Closed at once, with or without a word.
                assertThat(third.readRest()).matches(rest -> rest.isEmpty() || rest.startsWith("HTTP/1.1 503"));
            }
        }
        Eventually.until("there is room again", () -> {
            try (var again = gateway.connect()) {
                return again.sendAsFarAsPossible((POST + "\r\n" + ChatSample.REQUEST).getBytes(US_ASCII)).readRestUntil("x_unknown");
            }
        });
    }

    @Test
    void echoesTheRequestIdOrMakesOne() {
        try (var client = gateway.connect()) {
            assertThat(client.send(POST + "X-Request-ID: mine-1\r\n\r\n" + ChatSample.REQUEST).read().header("x-request-id"))
                    .isEqualTo("mine-1");
            assertThat(client.send(POST + "\r\n" + ChatSample.REQUEST).read().header("x-request-id")).isNotBlank();
            assertThat(client.send(POST + "X-Request-ID: two words\r\n\r\n" + ChatSample.REQUEST).read().header("x-request-id"))
                    .isNotBlank().doesNotContain("words");
            assertThat(client.send(POST + "X-Request-ID: " + "x".repeat(1000) + "\r\n\r\n" + ChatSample.REQUEST).read().header("x-request-id"))
                    .hasSizeLessThan(200);
        }
    }
}
