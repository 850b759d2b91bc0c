package io.deltallm.netty.upstream;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.netty.testing.LeakGuard;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class UpstreamConnectionTest {
    private static final String OK = "HTTP/1.1 200 OK~Content-Length: 2~~ok";

    private final UpstreamBench bench = new UpstreamBench(2, 2);
    private final HeardAttempt attempt = bench.start();
    private final EmbeddedProvider.Socket socket = bench.provider.socket(0);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void writesTheWholeRequest() {
        assertThat(socket.written()).isEqualTo(HeardAttempt.REQUEST);
        assertThat(attempt.heard()).isEqualTo("sent ");
        assertThat(attempt.attempt().connections()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK~Content-Length: 5~~hello,                          sent 200 [hello]ended, 1",
        "HTTP/1.1 200 OK~Content-Length: 0~~,                               sent 200 ended, 1",
        "HTTP/1.1 204 No~~,                                                 sent 204 ended, 1",
        "HTTP/1.1 304 Not~Content-Length: 5~~,                              sent 304 ended, 1",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~1~!~0~~,       sent 200 [hello][!]ended, 1",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~0~X: y~~,              sent 200 ended, 1",
        "HTTP/1.1 200 OK~Content-Length: 2~Connection: close~~ok,           sent 200 [ok]ended, 0",
        "HTTP/1.0 200 OK~Content-Length: 2~~ok,                             sent 200 [ok]ended, 0",
        "HTTP/1.1 100 Continue~~HTTP/1.1 103 Hints~Link: x~~HTTP/1.1 200 OK~Content-Length: 0~~, sent 200 ended, 1",
        "HTTP/1.1 500 Bad~Content-Length: 2~~no,                            sent 500 [no]ended, 1",
    })
    void readsRepliesHoweverTheyAreFramed(String reply, String heard, int reusable) {
        socket.reply(reply);

        assertThat(attempt.heard()).isEqualTo(heard);
        assertThat(bench.idle()).isEqualTo(reusable);
        assertThat(bench.active()).isZero();
        assertThat(socket.isActive()).isEqualTo(reusable == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK~Content-Length: 5~~hello",
        "HTTP/1.1 100 Continue~~HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3;x=y~hel~2~lo~0~X: y~~"
    })
    void readsRepliesByteByByte(String reply) {
        socket.replyByteByByte(reply);

        assertThat(attempt.heard().replace(" flush ", "").replace("][", "")).isEqualTo("sent 200 [hello]ended");
        assertThat(bench.idle()).isOne();
    }

    @Test
    void readsABodyThatEndsWithItsConnection() {
        socket.reply("HTTP/1.1 200 OK~~hel");
        socket.reply("lo");
        socket.hangUp();

        assertThat(attempt.heard()).isEqualTo("sent 200 [hel] flush [lo] flush ended");
        assertThat(bench.active()).isZero();
        assertThat(bench.idle()).isZero();
    }

    @Test
    void usesTheConnectionAgain() {
        socket.written();
        socket.reply(OK);

        HeardAttempt second = bench.start();
        assertThat(socket.written()).isEqualTo(HeardAttempt.REQUEST);
        socket.reply(OK);

        assertThat(second.heard()).isEqualTo("sent 200 [ok]ended");
        assertThat(bench.provider.connections()).isOne();
    }

    @Test
    void doesNotReuseAConnectionThatSaidMoreThanItShould() {
        socket.reply(OK + "HTTP/1.1 200 OK~Content-Length: 6~~poison");

        assertThat(attempt.heard()).isEqualTo("sent 200 [ok]ended");
        assertThat(socket.isActive()).isFalse();
        assertThat(bench.idle()).isZero();
    }

    @Test
    void neverGivesUnaskedBytesToTheAttemptThatWaits() {
        bench.start();
        HeardAttempt waiting = bench.start();
        assertThat(bench.provider.connections()).as("the cap").isEqualTo(2);

        socket.reply(OK + "HTTP/1.1 200 OK~Content-Length: 6~~poison");

        assertThat(attempt.heard()).isEqualTo("sent 200 [ok]ended");
        assertThat(waiting.heard()).doesNotContain("poison");
        assertThat(socket.isActive()).isFalse();
    }

    @Test
    void closesAnIdleConnectionThatSpeaks() {
        socket.reply(OK);

        socket.reply("x");

        assertThat(socket.isActive()).isFalse();
        assertThat(bench.idle()).isZero();
    }

    /// As with TLS, whose channel stays active until its goodbye is written.
    @Test
    void doesNotReuseAConnectionThatIsBeingClosed() {
        socket.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext ctx, ChannelPromise promise) {}
        });
        socket.reply(OK);

        bench.clock.advance(EmbeddedProvider.IDLE_EXPIRY.plusSeconds(1));
        assertThat(socket.isActive()).isTrue();
        bench.start();

        assertThat(bench.provider.connections()).isEqualTo(2);
        socket.pipeline().removeFirst();
    }

    @Test
    void doesNotReuseAConnectionWhoseRequestIsStillQueued() {
        socket.unsafe().outboundBuffer().addMessage(socket.alloc().directBuffer(1).writeByte('x'), 1, socket.newPromise());
        socket.unsafe().outboundBuffer().addFlush();

        socket.reply("HTTP/1.1 413 Large~Content-Length: 0~~");

        assertThat(attempt.heard()).isEqualTo("sent 413 ended");
        assertThat(socket.isActive()).isFalse();
        assertThat(bench.idle()).isZero();
        assertThat(bench.active()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0~", "HTTP/1.1 200 OK~Content-Length: 2~Content-Length: 2~~ok", "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~x~",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~2~okX~", "HTTP/2.0 200 OK~~"
    })
    void failsWhatIsNoReply(String reply) {
        socket.reply(reply);

        assertThat(attempt.failure()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
        assertThat(socket.isActive()).isFalse();
        assertThat(bench.active()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                            UPSTREAM_CLOSED,   false",
        "HTTP/1.1 100 Continue~~,                       UPSTREAM_CLOSED,   false",
        "HTTP/1.1 2,                                    UPSTREAM_PROTOCOL, false",
        "HTTP/1.1 200 OK~Content-Length: 5~~hel,        UPSTREAM_PROTOCOL, true",
        "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~5~hello~, UPSTREAM_PROTOCOL, true",
    })
    void tellsWhereAReplyWasCut(String reply, ErrorCode failure, boolean replied) {
        socket.reply(reply);
        socket.hangUp();

        assertThat(attempt.failure()).isEqualTo(failure);
        assertThat(attempt.hadReply()).isEqualTo(replied);
        assertThat(bench.active()).isZero();
    }

    @Test
    void givesUpWaitingForTheFirstByte() {
        bench.clock.advance(EmbeddedProvider.FIRST_BYTE.minusSeconds(1));
        assertThat(attempt.failure()).isNull();

        bench.clock.advance(Duration.ofSeconds(2));

        assertThat(attempt.failure()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
        assertThat(socket.isActive()).isFalse();
        assertThat(bench.active()).isZero();
    }

    @Test
    void givesUpOnSilenceAndNotOnPauses() {
        socket.reply("HTTP/1.1 200 OK~~a");
        attempt.attempt().pause(true);
        assertThat(socket.config().isAutoRead()).isFalse();
        bench.clock.advance(EmbeddedProvider.SILENCE.multipliedBy(3));
        assertThat(attempt.failure()).as("the client's silence").isNull();

        attempt.attempt().pause(false);
        assertThat(socket.config().isAutoRead()).isTrue();
        bench.clock.advance(EmbeddedProvider.SILENCE.plusSeconds(1));

        assertThat(attempt.failure()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
        assertThat(attempt.hadReply()).isTrue();
    }

    @Test
    void readsAgainWhenTheNextOneTakesAPausedConnection() {
        socket.reply("HTTP/1.1 200 OK~Content-Length: 2~~o");
        attempt.attempt().pause(true);
        socket.reply("k");

        assertThat(attempt.heard()).endsWith("ended");
        assertThat(socket.config().isAutoRead()).isTrue();
    }

    @Test
    void saysNothingAfterItWasCancelled() {
        socket.reply("HTTP/1.1 200 OK~~a");
        String before = attempt.heard();

        attempt.attempt().cancel();
        bench.run();

        assertThat(attempt.heard()).isEqualTo(before);
        assertThat(socket.isActive()).isFalse();
        assertThat(bench.active()).isZero();
    }
}
