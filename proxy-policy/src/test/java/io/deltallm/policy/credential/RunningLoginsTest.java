package io.deltallm.policy.credential;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunningLoginsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TokenServer server = new TokenServer();
    private final RunningLogins logins = new RunningLogins();

    @AfterEach
    void close() {
        logins.close();
        server.close();
    }

    private LoginToken ibm(String key) {
        return LoginToken.of(new Login.Ibm(server.uri(), key), Map.of());
    }

    @Test
    void fetchesNothingBeforeItIsNeeded() {
        LoginToken token = ibm("k");

        assertThat(token.token()).isNull();
        assertThat(server.asked()).isEmpty();
        assertThat(logins.count()).isZero();
    }

    @Test
    void buysATokenWithAnApiKey() throws Exception {
        server.answers(200, "{\"access_token\":\"bought\",\"expires_in\":3600}");

        LoginSource.Running<String> running = ibm("k").source().start();
        try (var _ = running.resource()) {
            assertThat(running.token().awaitFirst(SOON)).isTrue();
            assertThat(running.token().current()).isEqualTo("bought");
        }

        assertThat(server.asked().getFirst().line()).contains("/identity/token");
        assertThat(server.asked().getFirst().form())
                .containsEntry("apikey", "k")
                .containsEntry("grant_type", "urn:ibm:params:oauth:grant-type:apikey");
    }

    @Test
    void sharesALoginAndKeepsItOverReloads() {
        server.answers(200, "{\"access_token\":\"bought\",\"expires_in\":3600}");
        logins.adopt(List.of(ibm("k").source(), ibm("k").source()));
        assertThat(logins.count()).isEqualTo(1);

        LoginToken reloaded = ibm("k");
        logins.adopt(List.of(reloaded.source(), ibm("other").source()));
        assertThat(logins.count()).isEqualTo(2);

        logins.adopt(List.of(ibm("other").source()));
        assertThat(logins.count()).isEqualTo(1);
        logins.adopt(List.of());
        assertThat(logins.count()).isZero();
    }

    @Test
    void survivesALoginThatCannotBeUsed() {
        LoginToken token = LoginToken.of(new Login.Google("{\"type\":\"wonder\"}"), Map.of());

        logins.adopt(List.of(token.source()));

        assertThat(logins.count()).isZero();
        assertThat(token.token()).isNull();
    }

    @Test
    void showsNoSecrets() {
        assertThat(new Login.Ibm(URI.create("https://x"), "hidden").toString()).doesNotContain("hidden");
        assertThat(new Login.Entra("t", "c", "hidden").toString()).doesNotContain("hidden");
        assertThat(LoginToken.of(new Login.Google("{\"private_key\":\"hidden\"}"), Map.of()).toString()).doesNotContain("hidden");
    }

    @Test
    void givesEachLoginInItsOwnForm() {
        assertThatThrownBy(() -> LoginToken.of(new Login.Aws(null), Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoginKeys.of(new Login.Google(null), Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
