package io.deltallm.netty.exchange;

import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.upstream.EmbeddedProvider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class TranslatedRelayTest {
    private static final String REPLY = "HTTP/1.1 200 OK~Content-Type: text/event-stream~Transfer-Encoding: chunked~~";
    private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

    private PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    private EmbeddedProvider.Socket ask(String path) {
        bench.head("POST " + path, PhaseBench.KEY).piece("{\"model\":\"gpt\",\"stream\":true}").end().settle();
        return bench.provider.last();
    }

    private void pass(int seconds) {
        bench.clock.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void fillsSilenceWithSignsOfLife() {
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "7~text a\n~");
        assertThat(bench.up().body()).isEqualTo("data: text a\n\n");

        pass(6);
        assertThat(bench.up().body()).isEmpty();
        socket.reply("7~text b\n~");
        bench.up();
        pass(6);
        socket.reply("4~text~");
        assertThat(bench.up().body()).isEmpty();
        pass(6);
        assertThat(bench.up().body()).isEmpty();
        pass(4);
        assertThat(bench.up().body()).isEqualTo(PING);

        socket.reply("7~ c\nend\n~0~~");
        assertThat(bench.up().body()).isEqualTo("data: text c\n\ndata: done\n\n");
        pass(60);
        assertThat(bench.up().body()).isEmpty();
    }

    @Test
    void saysNothingBeforeTheFirstOutputForAWhile() {
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "4~text~");

        pass(7);
        socket.reply("1~ ~");
        pass(7);

        assertThat(bench.up().status()).isZero();
        bench.leave();
    }

    @Test
    void showsSignsOfLifeBeforeTheFirstOutputOfASlowProvider() {
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "4~text~");

        pass(16);

        PhaseBench.Up up = bench.up();
        assertThat(up.status()).isEqualTo(200);
        assertThat(up.body()).isEqualTo(PING);
        assertThat(Long.parseLong(up.header("x-deltallm-overhead-us"))).isLessThan(1_000_000);
        socket.reply("3~ a\n~");
        assertThat(bench.up().body()).isEqualTo("data: text a\n\n");
    }

    @Test
    void showsNoSignsOfLifeWhileAnErrorArrives() {
        ask("/v1/messages").reply("HTTP/1.1 500 Oops~Content-Length: 10~~{");

        pass(16);

        assertThat(bench.up().status()).isZero();
        bench.leave();
    }

    @Test
    void writesCommentsToClientsOfGoogles() {
        bench.head("POST /v1beta/models/gpt:streamGenerateContent?alt=sse", PhaseBench.KEY).piece("{}").end().settle();
        bench.provider.last().reply(REPLY + "7~text a\n~");
        bench.up();

        for (int i = 0; i < 4; i++) {
            pass(5);
            bench.provider.last().reply("1~x~");
        }

        assertThat(bench.up().body()).isEqualTo(": keepalive\n\n");
    }

    @Test
    void isSilentWhenToldTo() {
        bench.close();
        bench = PhaseBench.withKeepalive("0");
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "7~text a\n~");
        bench.up();

        for (int i = 0; i < 10; i++) {
            pass(5);
            socket.reply("1~x~");
        }

        assertThat(bench.up().body()).isEmpty();
    }

    @Test
    void writesNothingToAClientThatDoesNotRead() {
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "7~text a\n~");
        bench.up();
        bench.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        bench.channel.runPendingTasks();

        pass(60);

        assertThat(bench.up().body()).isEmpty();
    }

    /// What takes long before the first output is the provider.
    @Test
    void countsNoTimeOfTheProvidersAsItsOwn() {
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "4~text~");
        pass(3);
        socket.reply("3~ a\n~");

        assertThat(Long.parseLong(bench.up().header("x-deltallm-overhead-us"))).isLessThan(1_000_000);
    }

    @Test
    void refusesACompressedReply() {
        ask("/v1/messages").reply("HTTP/1.1 200 OK~Content-Encoding: gzip~Content-Length: 2~~xx");

        PhaseBench.Up up = bench.up();

        assertThat(up.status()).isEqualTo(502);
        assertThat(up.body()).contains("compressed");
        assertThat(bench.provider.pool().active()).isZero();
    }

    @Test
    void refusesARedirect() {
        ask("/v1/messages").reply("HTTP/1.1 302 Found~Location: http://else~Content-Length: 0~~");

        assertThat(bench.up().status()).isEqualTo(502);
    }

    @Test
    void writesOncePerBurst() {
        EmbeddedProvider.Socket socket = ask("/v1/messages");
        socket.reply(REPLY + "e~text a\ntext b\n~7~text c\n~");

        assertThat(bench.up().body()).isEqualTo("data: text a\n\ndata: text b\n\ndata: text c\n\n");
    }
}
