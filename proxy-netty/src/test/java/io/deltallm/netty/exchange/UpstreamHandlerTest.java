package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.upstream.EmbeddedProvider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class UpstreamHandlerTest {
    private static final String STREAM = "HTTP/1.1 200 OK~Content-Type: text/event-stream~Transfer-Encoding: chunked~~";

    private final PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    private EmbeddedProvider.Socket chat() {
        bench.post(PhaseBench.CHAT).settle();
        return bench.provider.last();
    }

    @Test
    void relaysAReplyAsItIs() {
        chat().reply("HTTP/1.1 201 Made~X-Theirs: t~X-Request-ID: theirs~Set-Cookie: c~Content-Length: 5~~he");
        bench.provider.last().reply("llo");

        Up up = bench.up();

        assertThat(up.status()).isEqualTo(201);
        assertThat(up.body()).isEqualTo("hello");
        assertThat(up.whole()).isTrue();
        assertThat(up.header("x-theirs")).isEqualTo("t");
        assertThat(up.header("llm_provider-x-request-id")).isEqualTo("theirs");
        assertThat(up.header("x-request-id")).hasSize(32);
        assertThat(up.header("x-deltallm-model")).isEqualTo("upstream-gpt");
        assertThat(up.header("set-cookie")).isEmpty();
        assertThat(bench.ended).containsExactly("COMPLETED 201 POST /v1/chat/completions chat/completions");
    }

    @Test
    void answersWhenNobodyListens() {
        bench.provider.refuse(true);
        chat();

        assertThat(bench.up().status()).isEqualTo(502);
        assertThat(bench.ended).containsExactly("REFUSED 502 POST /v1/chat/completions chat/completions");
    }

    @Test
    void answersWhenTheProviderHangsUpBeforeItsReply() {
        chat().hangUp();

        assertThat(bench.up().status()).isEqualTo(502);
    }

    @Test
    void showsACutReplyAsCut() {
        chat().reply("HTTP/1.1 200 OK~Content-Length: 5~~he");
        bench.provider.last().hangUp();

        Up up = bench.up();

        assertThat(up.body()).isEqualTo("he");
        assertThat(up.whole()).isFalse();
        assertThat(up.signals()).containsExactly(Signal.CUT);
        assertThat(bench.ended).containsExactly("CUT 200 POST /v1/chat/completions chat/completions");
    }

    @Test
    void endsACutStreamWithAnErrorEvent() {
        chat().reply(STREAM + "9~data: {}\n~");
        bench.provider.last().hangUp();

        Up up = bench.up();

        assertThat(up.body()).contains("data: {\"error\":").contains("upstream_protocol_error").doesNotContain("[DONE]");
        assertThat(up.signals()).containsExactly(Signal.CUT);
    }

    @Test
    void stopsTheProviderWhenTheClientLeaves() {
        EmbeddedProvider.Socket socket = chat();
        socket.reply(STREAM + "9~data: {}\n~");

        bench.leave().settle();

        assertThat(socket.isActive()).isFalse();
        assertThat(bench.ended).containsExactly("ABANDONED 200 POST /v1/chat/completions chat/completions");
        assertThat(bench.provider.pool().active()).isZero();
        bench.up();
    }

    @Test
    void connectsForNobodyWhoLeft() {
        bench.provider.holdBack();
        EmbeddedProvider.Socket socket = chat();

        bench.leave();
        socket.accept();

        assertThat(socket.written()).isEmpty();
        assertThat(bench.provider.pool().idle()).isOne();
    }

    @Test
    void readsNoMoreThanTheClientDoes() {
        EmbeddedProvider.Socket socket = chat();
        socket.reply(STREAM + "9~data: {}\n~");

        writable(false);
        assertThat(socket.config().isAutoRead()).isFalse();
        writable(true);

        assertThat(socket.config().isAutoRead()).isTrue();
        bench.up();
    }

    /// As when a client pipelines and does not read: no change of writability tells of it.
    @Test
    void readsNothingFromTheFirstIfTheClientIsSlowAlready() {
        writable(false);
        EmbeddedProvider.Socket socket = chat();
        socket.reply(STREAM + "9~data: {}\n~");

        assertThat(socket.config().isAutoRead()).isFalse();
        writable(true);

        assertThat(socket.config().isAutoRead()).isTrue();
        bench.up();
    }

    private void writable(boolean writable) {
        bench.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        bench.channel.runPendingTasks();
    }

    @Test
    void limitsTheWholeExchangeButNoStreamThatHasBegun() {
        chat().reply("HTTP/1.1 200 OK~~");
        for (int i = 0; i < 700; i += 5) {
            bench.clock.advance(Duration.ofSeconds(5));
            if (bench.provider.last().isActive()) {
                bench.provider.last().reply("x");
            }
        }
        assertThat(bench.up().signals()).containsExactly(Signal.CUT);

        chat().reply(STREAM + "9~data: {}\n~");
        for (int i = 0; i < 700; i += 5) {
            bench.clock.advance(Duration.ofSeconds(5));
            bench.provider.last().reply("9~data: {}\n~");
        }
        bench.provider.last().reply("0~~");
        assertThat(bench.up().whole()).isTrue();
    }

    @Test
    void asksForUsageAndHidesIt() {
        bench.post(PhaseBench.CHAT.replace("{\"model", "{\"stream\":true,\"model")).settle();
        assertThat(bench.provider.last().written()).contains("\"include_usage\":true");

        String usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}}\n\n";
        bench.provider.last().reply(STREAM + Integer.toHexString(usage.length() + 14) + "~" + usage + "data: [DONE]\n\n~0~~");

        Up up = bench.up();
        assertThat(up.body()).isEqualTo("data: [DONE]\n\n");
        assertThat(up.whole()).isTrue();
    }
}
