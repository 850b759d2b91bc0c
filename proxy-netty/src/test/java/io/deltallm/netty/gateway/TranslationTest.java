package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.FakeTranslations;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.KeySpec;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests in one wire format in front of a provider of another.
@ExtendWith(LeakGuard.class)
final class TranslationTest {
    private static final String PATH = "/v1/messages";
    private static final String REQUEST = "{\"model\":\"gpt-4o\",\"max_tokens\":5,\"messages\":[]}";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true}";

    private static final String LARGE =
            "{\"model\":\"gpt-4o\",\"system\":\"" + "x".repeat(300 * 1024) + "\"}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final FakeTranslations translations = new FakeTranslations();
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.event_loop_threads", 1)
                .translating(translations)
                .start();
    }

    @AfterEach
    void stop() {
        gateway.assertNothingLeft();
        gateway.close();
        upstream.close();
    }

    private RawResponse post(String path, String body, String... headerLines) {
        try (RawClient client = gateway.connect()) {
            return client.post(path, GatewayFixture.MASTER_KEY, body, headerLines).read();
        }
    }

    private static Script.Reply lines() {
        return Script.reply(200).header("Content-Type", "text/event-stream").chunked();
    }

    @Test
    void answersInTheClientsFormat() {
        upstream.next(lines().piece("text a\ntex").piece("t b\nend\n").end());

        RawResponse response = post(PATH, REQUEST);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Content-Length")).isEqualTo(String.valueOf(response.body().length));
        assertThat(response.text()).isEqualTo("{\"whole\":\"text atext b\"}");
    }

    @Test
    void asksInTheProvidersFormat() {
        upstream.next(lines().piece("end\n").end());

        post(
                PATH + "?beta=true",
                REQUEST,
                "anthropic-version: 2023-06-01\r\n",
                "anthropic-beta: b\r\n",
                "X-Stainless-Lang: js\r\n",
                "Accept: text/html\r\n",
                "traceparent: t\r\n");

        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.text())
                .isEqualTo("{\"model\":\"upstream-model-2\",\"for\":\"gpt-4o\",\"stream\":false,\"said\":" + REQUEST + "}");
        assertThat(request.headers().all("Content-Type")).containsExactly("application/json");
        assertThat(request.headers().all("Accept")).containsExactly("application/json");
        assertThat(request.headers().first("traceparent")).isEqualTo("t");
        assertThat(request.headers().first("Authorization")).isEqualTo("Bearer " + GatewayFixture.UPSTREAM_KEY);
        assertThat(request.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("anthropic", "stainless");
    }

    @Test
    void writesALargeRequestAnewWithoutHoldingUpTheLoop() {
        upstream.next(lines().piece("text a\nend\n").end());

        RawResponse response = post(PATH, LARGE);

        assertThat(response.text()).isEqualTo("{\"whole\":\"text a\"}");
        assertThat(upstream.takeRequest().text()).endsWith(",\"said\":" + LARGE + "}");
        assertThat(translations.wroteOffTheLoop()).isTrue();
    }

    @Test
    void writesAUsualRequestAnewAtOnce() {
        upstream.next(lines().piece("text a\nend\n").end());

        post(PATH, REQUEST);

        assertThat(translations.wroteOffTheLoop()).isFalse();
    }

    @Test
    void readsALargeReplyWithoutHoldingUpTheLoop() {
        Gate gate = new Gate();
        translations.holdRepliesAt(gate);
        upstream.next(lines().piece("text " + LARGE + "\nused 7\nend\n").end())
                .next(lines().piece("text a\nused 1\nend\n").end());

        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, REQUEST);
            gate.awaitReached();

            assertThat(post(PATH, REQUEST).text()).isEqualTo("{\"whole\":\"text a\"}");
            gate.open();

            RawResponse large = client.read();
            assertThat(large.header("Content-Length")).isEqualTo(String.valueOf(large.body().length));
            assertThat(large.text()).isEqualTo("{\"whole\":\"text " + LARGE + "\"}");
        }
        Eventually.until("tokens are counted", () -> gateway.metrics().sum("deltallm_tokens_total") == 8);
    }

    @Test
    void readsAUsualReplyAtOnce() {
        upstream.next(lines().piece("text a\nend\n").end());

        post(PATH, REQUEST);

        assertThat(translations.readOffTheLoop()).isFalse();
    }

    @Test
    void showsThatALargeReplyIsNone() {
        upstream.next(lines().piece("text " + LARGE + "\n").end());

        assertThat(post(PATH, REQUEST).status()).isEqualTo(502);
    }

    @Test
    void leavesNothingOfAClientThatVanishesWhileItsLargeReplyIsRead() {
        Gate gate = new Gate();
        translations.holdRepliesAt(gate);
        upstream.next(lines().piece("text " + LARGE + "\nend\n").end());
        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, REQUEST);
            gate.awaitReached();

            client.reset();

            Eventually.until("the exchange has ended", () -> gateway.exchangesInFlight() == 0);
            gate.open();
        }
        assertThat(gateway.metrics().sum("deltallm_tokens_total")).isPositive();
    }

    @Test
    void refusesALargeRequestInTheClientsFormat() {
        String large = "{\"model\":\"gpt-4o\",\"system\":\"refuse" + "x".repeat(300 * 1024) + "\"}";

        RawResponse response = post(PATH, large);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("said is refused");
    }

    @Test
    void streamsInTheClientsFormat() {
        Gate gate = new Gate();
        upstream.next(lines().piece("text a\n").gate(gate).piece("text b\nused 3\nend\n").end());

        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, STREAM);
            RawResponse head = client.readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(client.readChunksUntil("\n\n")).isEqualTo("data: text a\n\n");
            gate.open();

            assertThat(client.readChunksUntil("done\n\n")).isEqualTo("data: text b\n\ndata: done\n\n");
            assertThat(client.readChunk()).isNull();
        }
        assertThat(upstream.takeRequest().headers().first("Accept")).isEqualTo("text/event-stream");
    }

    @Test
    void takesModelAndModeFromThePath() {
        upstream.next(lines().piece("text a\nend\n").end());

        RawResponse response = post("/v1beta/models/gpt-4o:streamGenerateContent?alt=sse&key=sk-nothing", "{\"contents\":[]}");

        assertThat(response.text()).isEqualTo("data: text a\n\ndata: done\n\n");
        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.text())
                .isEqualTo("{\"model\":\"upstream-model-2\",\"for\":\"gpt-4o\",\"stream\":true,\"said\":{\"contents\":[]}}");
    }

    @Test
    void saysThatAnArrayIsJson() {
        upstream.next(lines().piece("text a\nend\n").end());

        RawResponse response = post("/v1beta/models/gpt-4o:streamGenerateContent", "{\"contents\":[]}");

        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Transfer-Encoding")).isEqualTo("chunked");
    }

    @Test
    void takesTheModelFromADeployment() {
        upstream.next(Script.json(200, "{}"));

        post("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");

        ReceivedRequest request = upstream.takeRequest();
        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.text())
                .isEqualTo("{\"model\":\"upstream-model-2\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    }

    @Test
    void tellsTheProvidersErrorInTheClientsFormat() {
        upstream.next(Script.reply(429).header("Retry-After", "7").whole("slow down"));

        RawResponse response = post(PATH, STREAM);

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.text()).isEqualTo("{\"fake\":\"429 slow down 7\"}");
    }

    @Test
    void tellsAnErrorInsideASuccessAsAnError() {
        upstream.next(lines().piece("fail\n").stall());

        RawResponse response = post(PATH, STREAM);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.text()).isEqualTo("{\"fake\":\"the provider is overloaded\"}");
    }

    @Test
    void tellsALateErrorByAnEventAndACut() {
        Gate gate = new Gate();
        upstream.next(lines().piece("text a\n").gate(gate).piece("text b\nfail\ntext c\n").stall());

        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, STREAM).readHead();
            client.readChunksUntil("\n\n");
            gate.open();

            String rest = client.readRest();
            assertThat(rest)
                    .contains("data: text b\n\n")
                    .contains("event: error\ndata: {\"fake\":\"the provider is overloaded\"}\n\n")
                    .doesNotContain("text c", "done")
                    .doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void neverShowsACutReplyAsWhole() {
        upstream.next(lines().piece("text a\n").end());
        assertThat(post(PATH, REQUEST).status()).isEqualTo(502);

        upstream.next(lines().piece("text a\n").cut());
        assertThat(post(PATH, REQUEST).status()).isEqualTo(502);
    }

    @Test
    void refusesInTheClientsFormat() {
        RawResponse refused = post(PATH, "{\"model\":\"gpt-4o\",\"say\":\"refuse\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("{\"fake\":\"said is refused\"}");

        RawResponse unknown = post("/v1beta/models/nothing:generateContent", "{}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).isEqualTo("{\"fake\":\"The model \\\"nothing\\\" does not exist here\"}".replace("\\", ""));

        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void saysWhatAProviderDoesNotOffer() {
        RawResponse response = post("/v1beta/models/gpt-4o:embedContent", "{\"content\":{}}");

        assertThat(response.status()).isEqualTo(501);
        assertThat(response.error("message")).isEqualTo("The provider openai does not offer embedContent");
        assertThat(response.error("code")).isEqualTo("operation_not_supported");
    }

    @Test
    void showsOnlySomeOfTheProvidersFields() {
        upstream.next(Script.reply(200)
                .header("X-Request-Id", "theirs")
                .header("X-RateLimit-Remaining-Tokens", "9")
                .header("Retry-After", "3")
                .header("Server", "their server")
                .header("Set-Cookie", "c")
                .whole("text a\nend\n"));

        RawResponse response = post(PATH, REQUEST);

        assertThat(response.header("llm_provider-x-request-id")).isEqualTo("theirs");
        assertThat(response.header("llm_provider-x-ratelimit-remaining-tokens")).isEqualTo("9");
        assertThat(response.header("retry-after")).isEqualTo("3");
        assertThat(response.header("x-deltallm-provider")).isEqualTo("openai");
        assertThat(response.header("x-deltallm-model")).isEqualTo("upstream-model-2");
        assertThat(response.header("x-ratelimit-remaining-tokens")).isNull();
        assertThat(response.header("server")).isNull();
        assertThat(response.header("set-cookie")).isNull();
    }

    @Test
    void countsWhatTheProviderStates() {
        String key = gateway.newKey(KeySpec.aKey().withTokensPerMinute(100));
        upstream.next(lines().piece("text a\nused 95\nend\n").end());

        try (RawClient client = gateway.connect()) {
            assertThat(client.post(PATH, key, REQUEST).read().status()).isEqualTo(200);
            Eventually.until("tokens are counted", () -> gateway.metrics().sum("deltallm_tokens_total") >= 95);
            assertThat(client.post(PATH, key, REQUEST).read().status()).isEqualTo(429);
        }
    }

    @Test
    void asksNobodyForAClientThatVanishesWhileItsLargeRequestIsWritten() {
        Gate gate = new Gate();
        translations.holdAt(gate);
        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, LARGE);
            gate.awaitReached();

            client.reset();

            Eventually.until("the exchange has ended", () -> gateway.exchangesInFlight() == 0);
            gate.open();
        }
        gateway.assertNothingLeft();
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void leavesNothingOfAClientThatVanishes() {
        upstream.next(lines().piece("text a\n").stall());
        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, STREAM).readHead();
            ReceivedRequest request = upstream.takeRequest();

            client.reset();

            request.awaitPeerClosed();
        }
    }

    @Test
    void leavesNothingOfAClientThatVanishesBeforeTheFirstOutput() {
        upstream.next(lines().piece("tex").stall());
        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, STREAM);
            ReceivedRequest request = upstream.takeRequest();

            client.reset();

            request.awaitPeerClosed();
        }
    }

    @Test
    void readsNoFasterThanTheClient() {
        Script.Reply much = lines();
        String line = "text " + "x".repeat(10_000) + "\n";
        for (int i = 0; i < 3000; i++) {
            much.piece(line);
        }
        upstream.next(much.piece("end\n").end());
        try (RawClient client = gateway.connect()) {
            client.post(PATH, GatewayFixture.MASTER_KEY, STREAM).readHead();

            long bytes = 0;
            for (String chunk = client.readChunk(); chunk != null; chunk = client.readChunk()) {
                bytes += chunk.length();
            }

            assertThat(bytes).isEqualTo(3000L * (line.length() + 7) + "data: done\n\n".length());
        }
    }

    @Test
    void usesAConnectionAgain() {
        upstream.next(lines().piece("text a\nend\n").end()).next(lines().piece("text b\nend\n").end());

        post(PATH, REQUEST);
        post(PATH, REQUEST);

        upstream.takeRequest();
        assertThat(upstream.takeRequest().ordinal()).isEqualTo(2);
    }
}
