package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class CatalogueHandlerTest {
    private static final String COUNTER = "POST /utils/token_counter";
    private static final String QUESTION = "{\"model\":\"gpt\",\"prompt\":\"hello world\"}";

    private final PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void letsRequestsToModelsProceed() {
        bench.post(PhaseBench.CHAT).settle();

        assertThat(bench.provider.last().written()).contains(PhaseBench.SENT);
    }

    @Test
    void waitsForTheAnswer() {
        bench.head(COUNTER, PhaseBench.KEY).piece(QUESTION.substring(0, 9)).piece(QUESTION.substring(9)).end();
        assertThat(bench.channel.outboundMessages()).isEmpty();
        assertThat(bench.flow.held()).isTrue();

        Up up = bench.up();

        assertThat(up.status()).isEqualTo(200);
        assertThat(up.body()).startsWith("{\"total_tokens\":2,");
        assertThat(up.whole()).isTrue();
        assertThat(bench.flow.held()).isFalse();
        assertThat(bench.ended).containsExactly("COMPLETED 200 POST /utils/token_counter models");
    }

    @Test
    void refusesWhatItCannotAnswer() {
        Up up = bench.head(COUNTER, PhaseBench.KEY).piece("{\"model\":\"nobody\"}").end().up();

        assertThat(up.status()).isEqualTo(404);
        assertThat(up.body()).contains("model_not_found");
    }

    @Test
    void dropsTheAnswerWhenTheClientIsGone() {
        bench.head(COUNTER, PhaseBench.KEY).piece(QUESTION).end().leave();

        assertThat(bench.up().status()).isZero();
        assertThat(bench.ended).containsExactly("ABANDONED 0 POST /utils/token_counter models");
    }

    @Test
    void dropsABodyThatNoQuestionHas() {
        Up up = bench.head("GET /v1/models/gpt", PhaseBench.KEY).piece("{").end().up();

        assertThat(up.status()).isEqualTo(200);
        assertThat(up.body()).startsWith("{\"id\":\"gpt\"");
    }
}
