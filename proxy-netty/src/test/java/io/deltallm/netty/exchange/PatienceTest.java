package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.LeakGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/// What a client is told whose request waits too long for work beside the event loop: what it was that took so long.
@ExtendWith(LeakGuard.class)
final class PatienceTest {
    private final PhaseBench bench = PhaseBench.ofServer("max_body: 1MiB, url_fetch: {allow_private: true}");

    @AfterEach
    void close() {
        bench.close();
    }

    private Up afterSeconds(int seconds) {
        bench.clock.advance(Duration.ofSeconds(seconds));
        return bench.answerWaiting().up();
    }

    @Test
    void namesTheKeyStore() {
        bench.head("POST /v1/chat/completions", "Authorization: Bearer sk-slow\r\n").end();

        Up up = afterSeconds(10);

        assertThat(up.status()).isEqualTo(503);
        assertThat(up.body()).contains("store_unavailable", "the key store did not answer within 10000 ms");
    }

    @Test
    void namesThePage() {
        bench.head("GET /health/readiness", "").end();

        Up up = afterSeconds(10);

        assertThat(up.status()).isEqualTo(503);
        assertThat(up.body()).contains("overloaded", "the page was not written within 10000 ms");
    }

    @Test
    void namesTheQuestion() {
        bench.head("POST /spend/calculate", PhaseBench.KEY)
                .piece("{\"model\":\"openai/gpt-4o\",\"messages\":[],\"prompt\":\"a\"}")
                .end();

        Up up = afterSeconds(10);

        assertThat(up.status()).isEqualTo(503);
        assertThat(up.body()).contains("overloaded", "the question was not answered within 10000 ms");
    }

    @Test
    void namesTheTranslation() {
        String large = "x".repeat(300 * 1024);
        bench.translations.holdAt(new Gate());
        bench.head("POST /v1/messages", PhaseBench.KEY).piece("{\"model\":\"gpt\",\"x\":\"" + large + "\"}").end();

        Up up = afterSeconds(30);

        assertThat(up.status()).isEqualTo(503);
        assertThat(up.body()).contains("the request was not translated within 30000 ms");
    }

    @Test
    void namesTheMedia() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            bench.translations.need("http://127.0.0.1:" + silent.getLocalPort() + "/a.png");
            bench.head("POST /v1/messages", PhaseBench.KEY).piece("{\"model\":\"gpt\"}").end();

            Up up = afterSeconds(30);

            assertThat(up.status()).isEqualTo(400);
            assertThat(up.body()).contains("the media that the request refers to did not arrive within 30000 ms");
        }
    }
}
