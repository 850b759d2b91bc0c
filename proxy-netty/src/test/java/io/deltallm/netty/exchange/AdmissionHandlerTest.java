package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class AdmissionHandlerTest {
    private final PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    private void store(@Nullable Long requests, @Nullable Long tokens, @Nullable Integer parallel) {
        KeyLimits limits = new KeyLimits(requests, tokens, parallel);
        bench.store("sk-1", new KeyTerms(null, KeyOwner.NOBODY, List.of("gpt"), limits, null, null, "{}"), false);
    }

    private Up chat(String body) {
        bench.head("POST /v1/chat/completions", "Authorization: Bearer sk-1\r\n").piece(body).end();
        return bench.answerWaiting().up();
    }

    private Up reply(String usage) {
        String body = "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":" + usage + "}}";
        bench.provider.last().reply("HTTP/1.1 200 OK~Content-Type: application/json~Content-Length: " + body.length() + "~~" + body);
        return bench.up();
    }

    @Test
    void knowsItsModels() {
        store(null, null, null);

        assertThat(chat(PhaseBench.CHAT.replace("gpt", "none")).status()).isEqualTo(404);
        Up other = chat(PhaseBench.CHAT.replace("gpt", "org/other"));

        assertThat(other.status()).isEqualTo(403);
        assertThat(other.body()).contains("(allowed: gpt)");
        assertThat(bench.provider.connections()).isZero();
    }

    @Test
    void saysWhatIsLeft() {
        store(2L, 1000L, null);

        chat(PhaseBench.CHAT);
        Up first = reply("100");
        chat(PhaseBench.CHAT);
        reply("100");
        Up third = chat(PhaseBench.CHAT);

        assertThat(first.header("x-ratelimit-limit")).isEqualTo("2");
        assertThat(first.header("x-ratelimit-remaining")).isEqualTo("1");
        assertThat(first.header("x-ratelimit-limit-tokens")).isEqualTo("1000");
        assertThat(first.header("x-ratelimit-reset-requests")).isNotEmpty();
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("retry-after")).isNotEmpty();
        assertThat(third.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(bench.rateLimited).hasSize(1);
        assertThat(Long.parseLong(third.header("x-ratelimit-remaining-tokens"))).isBetween(799L, 805L);
    }

    @Test
    void returnsTheSlotHoweverTheExchangeEnds() {
        store(null, null, 1);

        chat(PhaseBench.CHAT);
        reply("1");
        chat(PhaseBench.CHAT);
        bench.provider.last().hangUp();
        // It was a reused connection: the request moved to a fresh one.
        bench.provider.last().hangUp();
        assertThat(bench.up().status()).isEqualTo(502);
        chat(PhaseBench.CHAT);
        bench.leave();
        chat(PhaseBench.CHAT);

        assertThat(reply("1").status()).isEqualTo(200);
    }
}
