package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawClient;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.ScriptedUpstream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.deltallm.netty.testing.KeySpec.aKey;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LeakGuard.class)
final class AuthTest {
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

    @ParameterizedTest
    @ValueSource(strings = {
        "Authorization: Bearer KEY", "authorization: bearer KEY", "AUTHORIZATION: BEARER KEY", "Authorization: Bearer  KEY",
        "X-API-Key: KEY", "x-api-key: KEY", "api-key: KEY"
    })
    void takesTheKeyFromTheUsualHeaders(String line) {
        assertThat(chatWith(line.replace("KEY", GatewayFixture.MASTER_KEY)).status()).isEqualTo(200);
        assertThat(chatWith(line.replace("KEY", gateway.newKey(aKey()))).status()).isEqualTo(200);
    }

    @Test
    void takesTheKeyFromTheConfiguredHeader() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).set("general_settings.litellm_key_header_name", "X-Company-Key").start();

        assertThat(chatWith("X-Company-Key: " + GatewayFixture.MASTER_KEY).status()).isEqualTo(200);
        assertThat(chatWith("x-company-key: " + GatewayFixture.MASTER_KEY).status()).isEqualTo(200);
        assertThat(upstream.takeRequest().head()).doesNotContain(GatewayFixture.MASTER_KEY);
    }

    @Test
    void neverTakesAKeyFromTheQuery() {
        try (var client = gateway.connect()) {
            client.send("GET /v1/models?key=" + GatewayFixture.MASTER_KEY + "&token=" + GatewayFixture.MASTER_KEY
                    + " HTTP/1.1\r\nHost: gateway\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "X-Nothing: here", "Authorization: Bearer sk-unknown", "Authorization: Bearer", "Authorization: Bearer ",
        "Authorization: Basic c2s6c2s=", "Authorization: sk-unknown", "X-API-Key: sk-unknown", "X-API-Key:"
    })
    void refusesStrangers(String line) {
        RawResponse response = chatWith(line);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(response.error("type")).isEqualTo("authentication_error");
        assertThat(response.error("code")).isEqualTo("unauthorized");
        assertThat(response.json().path("timestamp").isNumber()).isTrue();
        assertThat(response.text()).doesNotContain("sk-unknown");
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void refusesAStrangerBeforeItsBodyIsRead() {
        try (var client = gateway.connect()) {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer sk-unknown\r\nContent-Length: 1000000\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(401);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void staysCheapUnderAFloodOfOneUnknownKey() {
        for (int i = 0; i < 100; i++) {
            assertThat(chatWith("Authorization: Bearer sk-flood").status()).isEqualTo(401);
        }
        assertThat(chatWith("Authorization: Bearer " + GatewayFixture.MASTER_KEY).status()).isEqualTo(200);
    }

    @Test
    void letsAKeyInThatWasUnknownAMomentAgo() {
        String key = "sk-soon-to-be-known";
        assertThat(chatWith("Authorization: Bearer " + key).status()).isEqualTo(401);

        gateway.storeKey(key, aKey());

        assertThat(chatWith("Authorization: Bearer " + key).status()).isEqualTo(200);
    }

    @Test
    void refusesAnExpiredKey() {
        String key = gateway.newKey(aKey().expiring(Instant.now().minus(Duration.ofMinutes(1))));

        RawResponse response = chatWith("Authorization: Bearer " + key);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.error("code")).isEqualTo("key_expired");
        assertThat(response.error("type")).isEqualTo("authentication_error");
    }

    @Test
    void refusesABlockedKey() {
        RawResponse response = chatWith("Authorization: Bearer " + gateway.newKey(aKey().asBlocked()));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.error("code")).isEqualTo("key_blocked");
    }

    @Test
    void blocksAtOnce() {
        String key = gateway.newKey(aKey());
        assertThat(chatWith("Authorization: Bearer " + key).status()).isEqualTo(200);

        gateway.changeKey(key, aKey().asBlocked());

        assertThat(chatWith("Authorization: Bearer " + key).status()).isEqualTo(403);
    }

    @Test
    void revokesAtOnce() {
        String key = gateway.newKey(aKey());
        assertThat(chatWith("Authorization: Bearer " + key).status()).isEqualTo(200);

        gateway.revokeKey(key);

        assertThat(chatWith("Authorization: Bearer " + key).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-*", "*", "all-proxy-models"})
    void letsAKeyUseItsModels(String allowed) {
        assertThat(chatWith("Authorization: Bearer " + gateway.newKey(aKey().withModels(allowed))).status()).isEqualTo(200);
    }

    @Test
    void refusesAModelOutsideTheKeysList() {
        RawResponse response = chatWith("Authorization: Bearer " + gateway.newKey(aKey().withModels("claude-*")));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.error("type")).isEqualTo("permission_denied");
        assertThat(response.error("message")).contains("gpt-4o", "claude-*");
        assertThat(upstream.requestCount()).isZero();
    }

    @Test
    void listsOnlyTheModelsOfTheKey() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).model("claude-x", "openai/claude").start();
        String key = gateway.newKey(aKey().withModels("claude-*"));
        try (var client = gateway.connect()) {
            var ids = new ArrayList<String>();
            client.get("/v1/models", key).read().json().path("data").forEach(model -> ids.add(model.path("id").asText()));

            assertThat(ids).containsExactly("claude-x");
        }
    }

    @Test
    void needsNoKeyForHealthAndMetrics() {
        for (String path : new String[] {
            "/health", "/health/liveliness", "/health/liveness", "/live", "/health/readiness", "/ready", "/metrics"
        }) {
            try (var client = gateway.connect()) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n");

                assertThat(client.read().status()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void takesAnybodyWhereAuthenticationIsOff() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).open().start();

        assertThat(chatWith("X-Nothing: here").status()).isEqualTo(200);
    }

    @Test
    void neverForwardsTheClientsCredentials() {
        chatWith("X-API-Key: " + GatewayFixture.MASTER_KEY + "\r\nCookie: session=1\r\nProxy-Authorization: Basic eDp5");

        String head = upstream.takeRequest().head();
        assertThat(head).doesNotContain(GatewayFixture.MASTER_KEY).doesNotContainIgnoringCase("proxy-authorization")
                .doesNotContainIgnoringCase("cookie");
        assertThat(head).contains("Bearer " + GatewayFixture.UPSTREAM_KEY);
    }

    private RawResponse chatWith(String headerLines) {
        try (RawClient client = gateway.connect()) {
            client.sendAsFarAsPossible(("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\n" + headerLines + "\r\nContent-Length: "
                    + ChatSample.REQUEST.length() + "\r\n\r\n" + ChatSample.REQUEST).getBytes(ISO_8859_1));
            return client.read();
        }
    }
}
