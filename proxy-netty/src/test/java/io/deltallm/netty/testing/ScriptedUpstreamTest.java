package io.deltallm.netty.testing;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/// The tools of the other tests, tested against each other.
final class ScriptedUpstreamTest {
    @Test
    void recordsTheExactRequestAndAnswersWhole() {
        try (var upstream = ScriptedUpstream.start().next(Script.json(200, "{\"a\":1}"));
                var client = RawClient.connect(upstream.port())) {
            client.sendSplit("POST /x HTTP/1.1\r\nHost:  y\r\nContent-Length: 3\r\n\r\nabc".getBytes(ISO_8859_1), 1);

            RawResponse response = client.read();

            ReceivedRequest request = upstream.takeRequest();
            assertThat(request.head()).isEqualTo("POST /x HTTP/1.1\r\nHost:  y\r\nContent-Length: 3\r\n\r\n");
            assertThat(request.text()).isEqualTo("abc");
            assertThat(response.json().path("a").asInt()).isEqualTo(1);
        }
    }

    @Test
    void sendsEachPieceWhenItsGateOpens() {
        var gate = new Gate();
        Script script = Script.reply(200).chunked().piece("one").gate(gate).piece("two").end();
        try (var upstream = ScriptedUpstream.start().next(script);
                var client = RawClient.connect(upstream.port())) {
            client.send("GET / HTTP/1.1\r\nHost: y\r\n\r\n").readHead();

            assertThat(client.readChunk()).isEqualTo("one");
            gate.awaitReached();
            gate.open();

            assertThat(client.readChunk()).isEqualTo("two");
            assertThat(client.readChunk()).isNull();
        }
    }

    @Test
    void cutsVisibly() {
        try (var upstream = ScriptedUpstream.start().next(Script.reply(200).piece("part").cut());
                var client = RawClient.connect(upstream.port())) {
            RawResponse response = client.send("GET / HTTP/1.1\r\nHost: y\r\n\r\n").read();

            assertThat(response.whole()).isFalse();
            assertThat(response.body()).isEqualTo("part".getBytes(UTF_8));
        }
    }

    @Test
    void resetsInsteadOfAnswering() {
        try (var upstream = ScriptedUpstream.start().next(Script.reset());
                var client = RawClient.connect(upstream.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: y\r\n\r\n").closedByPeer()).isTrue();
        }
    }

    @Test
    void answersBeforeTheBodyWasRead() {
        var gate = new Gate();
        try (var upstream = ScriptedUpstream.start().next(Script.json(413, "{}").readingBodyAfter(gate).early());
                var client = RawClient.connect(upstream.port())) {
            client.send("POST / HTTP/1.1\r\nHost: y\r\nContent-Length: 5\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(413);
            gate.open();
        }
    }

    @Test
    void noticesThatThePeerClosedWhileItStayedSilent() {
        try (var upstream = ScriptedUpstream.start().next(Script.silence());
                var client = RawClient.connect(upstream.port())) {
            client.send("GET / HTTP/1.1\r\nHost: y\r\n\r\n");
            ReceivedRequest request = upstream.takeRequest();

            client.reset();

            request.awaitPeerClosed();
            Eventually.until("the connection is gone", () -> upstream.openConnections() == 0);
        }
    }

    @Test
    void closesIdleConnectionsOnDemand() {
        try (var upstream = ScriptedUpstream.start().next(Script.json(200, "{}"));
                var client = RawClient.connect(upstream.port())) {
            client.send("GET / HTTP/1.1\r\nHost: y\r\n\r\n").read();
            Eventually.until("the connection is idle", () -> {
                upstream.closeIdle();
                return upstream.openConnections() == 0;
            });

            assertThat(client.closedByPeer()).isTrue();
        }
    }
}
