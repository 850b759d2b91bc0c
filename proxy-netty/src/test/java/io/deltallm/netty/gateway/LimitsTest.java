package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Eventually;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class LimitsTest {
    private final ScriptedUpstream upstream = ScriptedUpstream.start().otherwise(ChatSample.reply());
    private GatewayFixture gateway;

    @BeforeEach
    void start() {
        gateway = GatewayFixture.inFrontOf(upstream).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void letsExactlyTheLimitPass() {
        String key = gateway.newKey(aKey().withRequestsPerMinute(3));

        for (int left = 2; left >= 0; left--) {
            RawResponse response = chat(key);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("X-RateLimit-Limit")).isEqualTo("3");
            assertThat(response.header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(left));
            assertThat(Long.parseLong(response.header("X-RateLimit-Reset")))
                    .isBetween(Instant.now().getEpochSecond() - 1, Instant.now().getEpochSecond() + 61);
        }
        assertThat(chat(key).status()).isEqualTo(429);
        assertThat(upstream.requestCount()).isEqualTo(3);
    }

    @Test
    void saysWhatIsExhaustedAndWhenToComeBack() {
        String key = gateway.newKey(aKey().withRequestsPerMinute(1));
        chat(key);

        RawResponse refused = chat(key);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(1L, 60L);
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.error("type")).isEqualTo("rate_limit_error");
        assertThat(refused.error("code")).isEqualTo("rate_limited");
        assertThat(refused.error("param")).startsWith("key");
        assertThat(refused.json().path("error").path("retry_after").asLong()).isBetween(1L, 60L);
        assertThat(refused.json().path("timestamp").isNumber()).isTrue();
    }

    @Test
    void keepsTheConnectionOfARefusedClient() {
        String key = gateway.newKey(aKey().withRequestsPerMinute(1));
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, key, ChatSample.REQUEST).read();

            assertThat(client.post(ChatSample.PATH, key, ChatSample.REQUEST).read().status()).isEqualTo(429);
            assertThat(client.get("/v1/models", GatewayFixture.MASTER_KEY).read().status()).isEqualTo(200);
        }
    }

    @Test
    void countsTokensAsTheProviderCountedThem() {
        String key = gateway.newKey(aKey().withTokensPerMinute(1_000));

        RawResponse first = chat(key);
        RawResponse second = chat(key);

        assertThat(first.header("x-ratelimit-limit-tokens")).isEqualTo("1000");
        assertThat(first.headers().has("x-ratelimit-remaining-tokens")).isTrue();
        assertThat(first.headers().has("x-ratelimit-reset-tokens")).isTrue();
        // 18 tokens were used by the first; whatever was reserved beyond that has come back.
        long between = Long.parseLong(first.header("x-ratelimit-remaining-tokens"))
                - Long.parseLong(second.header("x-ratelimit-remaining-tokens"));
        assertThat(between).isLessThanOrEqualTo(18);
    }

    @Test
    void countsTheTokensOfStreams() {
        String key = gateway.newKey(aKey().withTokensPerMinute(1_000));
        upstream.next(Script.sse(
                ChatSample.delta("a"), ChatSample.USAGE_EVENT.replace("\"total_tokens\":18", "\"total_tokens\":900")
                        .replace("\"prompt_tokens\":11", "\"prompt_tokens\":893"), ChatSample.DONE));
        try (var client = gateway.connect()) {
            client.post(ChatSample.PATH, key, ChatSample.STREAM_REQUEST).read();

            String remaining = client.post(ChatSample.PATH, key, ChatSample.REQUEST).read().header("x-ratelimit-remaining-tokens");
            assertThat(Long.parseLong(remaining)).isLessThanOrEqualTo(120);
        }
    }

    @Test
    void refusesWhenTheTokensAreUsedUp() {
        String key = gateway.newKey(aKey().withTokensPerMinute(100));
        upstream.next(Script.json(200, ChatSample.REPLY.replace("\"total_tokens\":18", "\"total_tokens\":500")
                .replace("\"prompt_tokens\":11", "\"prompt_tokens\":493")));
        assertThat(chat(key).status()).isEqualTo(200);

        RawResponse refused = chat(key);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error("code")).isEqualTo("rate_limited");
        assertThat(refused.header("x-ratelimit-remaining-tokens")).isEqualTo("0");
    }

    @Test
    void takesNothingForARequestThatAnotherLimitRefuses() {
        String key = gateway.newKey(aKey().withRequestsPerMinute(5).withTokensPerMinute(100));
        upstream.next(Script.json(200, ChatSample.REPLY.replace("\"total_tokens\":18", "\"total_tokens\":500")
                .replace("\"prompt_tokens\":11", "\"prompt_tokens\":493")));
        assertThat(chat(key).status()).isEqualTo(200);
        assertThat(chat(key).status()).isEqualTo(429);
        assertThat(chat(key).status()).isEqualTo(429);

        gateway.changeKey(key, aKey().withRequestsPerMinute(5));

        assertThat(chat(key).header("X-RateLimit-Remaining")).isEqualTo("3");
    }

    @Test
    void capsParallelRequestsAndGivesSlotsBack() {
        var gate = new Gate();
        upstream.next(Script.reply(200).header("Content-Type", "application/json").gate(gate).whole(ChatSample.REPLY));
        String key = gateway.newKey(aKey().withParallel(1));
        try (var first = gateway.connect()) {
            first.post(ChatSample.PATH, key, ChatSample.REQUEST);
            gate.awaitReached();

            RawResponse refused = chat(key);
            gate.open();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.error("code")).isEqualTo("rate_limited");
            assertThat(first.read().status()).isEqualTo(200);
            assertThat(chat(key).status()).isEqualTo(200);
        }
    }

    @Test
    void givesTheSlotOfAVanishedClientBack() {
        upstream.next(Script.silence());
        String key = gateway.newKey(aKey().withParallel(1));
        try (var first = gateway.connect()) {
            first.post(ChatSample.PATH, key, ChatSample.REQUEST);
            var request = upstream.takeRequest();

            first.reset();
            request.awaitPeerClosed();
        }
        Eventually.until("the slot is free", () -> chat(key).status() == 200);
    }

    @Test
    void givesTheSlotOfAFailedRequestBack() {
        String key = gateway.newKey(aKey().withParallel(1));
        upstream.next(Script.json(500, "{}")).next(Script.reset()).next(Script.reply(200).piece("{").cut());

        for (int i = 0; i < 3; i++) {
            assertThat(chat(key).status()).isNotEqualTo(429);
        }
        assertThat(chat(key).status()).isEqualTo(200);
    }

    @Test
    void limitsAllKeysTogether() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("limits.global.requests_per_minute", 2).start();

        assertThat(chat(gateway.newKey(aKey())).status()).isEqualTo(200);
        assertThat(chat(gateway.newKey(aKey())).status()).isEqualTo(200);
        RawResponse refused = chat(gateway.newKey(aKey()));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error("param")).isNotBlank().doesNotStartWith("key");
    }

    @Test
    void appliesTheDefaultToKeysWithoutLimitsOfTheirOwn() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("general.max_requests_per_minute", 1).start();
        String key = gateway.newKey(aKey());

        assertThat(chat(key).status()).isEqualTo(200);
        assertThat(chat(key).status()).isEqualTo(429);
        assertThat(chat(gateway.newKey(aKey())).status()).isEqualTo(200);
    }

    @Test
    void countsExactlyUnderConcurrency() throws InterruptedException {
        String key = gateway.newKey(aKey().withRequestsPerMinute(50));
        var passed = new AtomicInteger();
        var refused = new AtomicInteger();

        Thread[] clients = new Thread[8];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = Thread.ofVirtual().start(() -> {
                try (var client = gateway.connect()) {
                    for (int n = 0; n < 20; n++) {
                        int status = client.post(ChatSample.PATH, key, ChatSample.REQUEST).read().status();
                        (status == 200 ? passed : refused).incrementAndGet();
                    }
                }
            });
        }
        for (Thread client : clients) {
            client.join();
        }

        // 50 in the bucket, and at 50 a minute it refills by one in 1.2 s: the run may see a few of those.
        assertThat(passed.get()).isBetween(50, 56);
        assertThat(passed.get() + refused.get()).isEqualTo(160);
        assertThat(upstream.requestCount()).isEqualTo(passed.get());
    }

    private RawResponse chat(String key) {
        try (var client = gateway.connect()) {
            return client.post(ChatSample.PATH, key, ChatSample.REQUEST).read();
        }
    }
}
