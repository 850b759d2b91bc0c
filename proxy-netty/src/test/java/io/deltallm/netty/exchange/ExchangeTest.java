package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class ExchangeTest {
    private final PhaseBench bench = PhaseBench.ofPhases();
    private final List<String> endings = new ArrayList<>();

    @AfterEach
    void close() {
        bench.close();
    }

    /// Stands behind the first phase and keeps what it opens.
    private static final class Catch extends ChannelInboundHandlerAdapter {
        private @Nullable Exchange caught;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            caught = (Exchange) message;
        }
    }

    private Exchange open() {
        Catch behind = new Catch();
        bench.channel.pipeline().addAfter(bench.channel.pipeline().firstContext().name(), "catch", behind);
        bench.head("POST /v1/chat/completions", PhaseBench.KEY + "X-Request-ID: mine\r\n");
        Exchange opened = Objects.requireNonNull(behind.caught);
        opened.onEnd((_, outcome) -> endings.add("first " + outcome));
        opened.onEnd((_, outcome) -> endings.add("second " + outcome));
        return opened;
    }

    @Test
    void endsOnceAndInReverse() {
        Exchange opened = open();

        opened.fail(GatewayError.of(ErrorCode.RATE_LIMITED, "slow down").retryAfter(3));
        opened.fail(GatewayError.of(ErrorCode.INTERNAL, "too late"));
        bench.leave();

        assertThat(endings).containsExactly("second REFUSED", "first REFUSED");
        Up up = bench.up();
        assertThat(up.status()).isEqualTo(429);
        assertThat(up.header("retry-after")).isEqualTo("3");
        assertThat(up.header("x-request-id")).isEqualTo("mine");
        assertThat(bench.ended).hasSize(1);
    }

    @Test
    void endsWhenTheClientLeaves() {
        Exchange opened = open();

        bench.leave();
        bench.leave();

        assertThat(endings).containsExactly("second ABANDONED", "first ABANDONED");
        assertThat(opened.outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(bench.ended).hasSize(1);
    }

    @Test
    void endsWithAnAnswerOfItsOwn() {
        Exchange opened = open();

        opened.answer(200, ReplyHeaders.JSON, new byte[] {'x'});

        assertThat(endings).containsExactly("second COMPLETED", "first COMPLETED");
        assertThat(bench.up().body()).isEqualTo("x");
    }

    @Test
    void answers500WhenAPhaseHasABug() {
        open();

        bench.channel.pipeline().fireUserEventTriggered(GatewayError.of(ErrorCode.INTERNAL, "a bug"));

        assertThat(bench.up().status()).isEqualTo(500);
        assertThat(endings).hasSize(2);
    }

    @Test
    void answersWhatWasNoRequest() {
        bench.channel.writeOneInbound(GatewayError.of(ErrorCode.MALFORMED_HTTP, "no request"));

        assertThat(bench.up().status()).isEqualTo(400);
        assertThat(bench.ended).containsExactly("REFUSED 400   unknown");
    }
}
