package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class RouteHandlerTest {
    private final PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void refusesUnknownPaths() {
        Up up = bench.get("/nowhere?secret", "").up();

        assertThat(up.status()).isEqualTo(404);
        assertThat(up.body()).contains("\"There is nothing at /nowhere\"");
        assertThat(up.whole()).isTrue();
    }

    @Test
    void namesTheVerbsItTakes() {
        Up post = bench.get("/v1/chat/completions", PhaseBench.KEY).up();
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("allow")).isEqualTo("POST, OPTIONS");

        Up get = bench.head("DELETE /v1/models/a", PhaseBench.KEY).end().up();
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void answersPreflightsWithoutKey() {
        Up up = bench.head("OPTIONS /v1/chat/completions", "Origin: http://a\r\nAccess-Control-Request-Headers: x-a, x-b\r\n")
                .end()
                .up();

        assertThat(up.status()).isEqualTo(204);
        assertThat(up.header("access-control-allow-origin")).isEqualTo("*");
        assertThat(up.header("access-control-allow-headers")).isEqualTo("x-a, x-b");
        assertThat(up.header("access-control-allow-methods")).contains("POST");
        assertThat(up.header("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void waitsForProbePages() {
        bench.get("/ready?a=b", "");
        assertThat(bench.flow.held()).isTrue();
        assertThat(bench.channel.outboundMessages()).isEmpty();

        Up up = bench.answerWaiting().up();

        assertThat(up.status()).isEqualTo(200);
        assertThat(up.body()).isEqualTo("READY?a=b");
        assertThat(bench.flow.held()).isFalse();
    }

    @Test
    void dropsThePageOfAClientThatLeft() {
        bench.get("/ready", "").leave();

        assertThat(bench.answerWaiting().up().status()).isZero();
        assertThat(bench.ended).containsExactly("ABANDONED 0 GET /ready health");
        assertThat(bench.flow.held()).isFalse();
    }
}
