package io.deltallm.netty.exchange;

import io.deltallm.netty.exchange.PhaseBench.Up;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyTerms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class AuthenticationHandlerTest {
    private static final String MODELS = "/v1/models";

    private final PhaseBench bench = PhaseBench.ofPhases();

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Authorization: Bearer sk-master", "authorization: BEARER   sk-master", "X-My-Key: sk-master", "x-mY-KEY: sk-master",
        "X-API-Key: sk-master", "api-key: sk-master", "x-litellm-api-key: Bearer sk-master", "x-goog-api-key: sk-master",
        "Authorization: Basic abc\r\nX-API-Key: sk-master"
    })
    void takesTheKeyFromWhereverClientsPutIt(String line) {
        assertThat(bench.get(MODELS, line + "\r\n").up().status()).isEqualTo(200);
        assertThat(bench.keys.lookups()).as("the master key is in no store").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: b", "Authorization: sk-master", "Authorization: Bearer", "Authorization: Bearersk-master", "X-API-Key:", "Cookie: sk-master"})
    void refusesWhoShowsNoKey(String line) {
        Up up = bench.get(MODELS + "?key=sk-master", line + "\r\n").up();

        assertThat(up.status()).isEqualTo(401);
        assertThat(up.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(up.body()).doesNotContain("sk-master");
    }

    @Test
    void waitsForTheStoreAndProceedsWithWhatCameMeanwhile() {
        bench.store("sk-1", KeyTerms.OPEN, false);

        bench.head("POST /v1/chat/completions", "Authorization: Bearer sk-1\r\n").piece(PhaseBench.CHAT).end();
        assertThat(bench.flow.held()).isTrue();
        assertThat(bench.provider.connections()).isZero();
        bench.answerWaiting();

        assertThat(bench.provider.last().written()).endsWith(PhaseBench.SENT);
        assertThat(bench.flow.held()).isFalse();
    }

    @Test
    void asksTheStoreOnceForEachKey() {
        bench.store("sk-1", KeyTerms.OPEN, false);
        for (int i = 0; i < 3; i++) {
            assertThat(bench.get(MODELS, "Authorization: Bearer sk-1\r\n").answerWaiting().up().status()).isEqualTo(200);
            assertThat(bench.get(MODELS, "Authorization: Bearer sk-2\r\n").answerWaiting().up().status()).isEqualTo(401);
        }

        assertThat(bench.keys.lookups()).isEqualTo(2);
    }

    @Test
    void forgetsAClientThatLeftWhileItWaited() {
        bench.head("POST /v1/chat/completions", "Authorization: Bearer sk-1\r\n").piece(PhaseBench.CHAT).leave();

        assertThat(bench.answerWaiting().up().status()).isZero();
        assertThat(bench.ended).containsExactly("ABANDONED 0 POST /v1/chat/completions chat/completions");
        assertThat(bench.provider.connections()).isZero();
        assertThat(bench.flow.held()).isFalse();
    }

    @Test
    void saysThatTheStoreIsDown() {
        bench.keys.goDown();

        assertThat(bench.get(MODELS, "Authorization: Bearer sk-1\r\n").up().status()).isEqualTo(503);
        assertThat(bench.get(MODELS, PhaseBench.KEY).up().status()).isEqualTo(200);
    }

    @Test
    void refusesExpiredAndBlockedKeys() {
        Instant past = Instant.ofEpochSecond(1);
        bench.store("sk-old", new KeyTerms(null, KeyOwner.NOBODY, List.of(), KeyLimits.DEFAULTS, null, past, "{}"), false);
        bench.store("sk-bad", KeyTerms.OPEN, true);

        Up old = bench.get(MODELS, "Authorization: Bearer sk-old\r\n").answerWaiting().up();
        assertThat(old.status()).isEqualTo(401);
        assertThat(old.body()).contains("key_expired").contains(past.toString());
        assertThat(bench.get(MODELS, "Authorization: Bearer sk-bad\r\n").answerWaiting().up().status()).isEqualTo(403);
    }

    @Test
    void neverSendsTheConfiguredHeaderOn() {
        bench.head("POST /v1/chat/completions", PhaseBench.KEY + "X-My-Key: sk-secret\r\nX-Own: o\r\n")
                .piece(PhaseBench.CHAT)
                .end()
                .settle();

        assertThat(bench.provider.last().written()).contains("X-Own: o").doesNotContainIgnoringCase("x-my-key").doesNotContain("sk-secret");
    }

    @Test
    void listsAndShowsModels() {
        bench.store("sk-1", new KeyTerms(null, KeyOwner.NOBODY, List.of("org/*"), KeyLimits.DEFAULTS, null, null, "{}"), false);
        String key = "Authorization: Bearer sk-1\r\n";

        assertThat(bench.get("/models", key).answerWaiting().up().body()).contains("org/other").doesNotContain("gpt");
        assertThat(bench.get("/v1/models/org/other", key).up().status()).isEqualTo(200);
        assertThat(bench.get("/v1/models/org%2Fother", key).up().body()).contains("org/other");
        assertThat(bench.get("/v1/models/gpt", key).up().status()).isEqualTo(404);
        assertThat(bench.get("/v1/models/%", key).up().status()).isEqualTo(404);
        assertThat(bench.get("/v1/models/gpt", PhaseBench.KEY).up().status()).isEqualTo(200);
    }
}
