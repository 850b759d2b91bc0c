package io.deltallm.policy.credential;

import io.deltallm.policy.limit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokensTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TOKEN = "{\"access_token\":\"ya29.secret\",\"expires_in\":3599,\"token_type\":\"Bearer\"}";

    @TempDir
    private Path home;

    private final ManualClock clock = new ManualClock();
    private final TokenServer server = new TokenServer();
    private final Map<String, String> environment = new HashMap<>();

    @AfterEach
    void close() {
        server.close();
    }

    private GoogleTokens.Place place() {
        return new GoogleTokens.Place(environment::get, home, clock);
    }

    @Test
    void signsForAGoogleServiceAccount() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        server.answers(200, TOKEN);

        try (var tokens = GoogleTokens.ofJson(serviceAccount(keys), place())) {
            assertThat(tokens.refreshing().awaitFirst(SOON)).isTrue();

            assertThat(tokens.token()).isEqualTo("ya29.secret");
            assertThat(tokens.toString()).doesNotContain("ya29");
        }
        Map<String, String> form = server.asked().getFirst().form();
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] parts = form.getOrDefault("assertion", "").split("\\.");
        assertThat(decoded(parts[0])).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}");
        assertThat(decoded(parts[1]))
                .isEqualTo("{\"iss\":\"app@example-project.iam.gserviceaccount.com\","
                        + "\"scope\":\"https://www.googleapis.com/auth/cloud-platform\",\"aud\":\"" + server.uri()
                        + "/token\",\"iat\":1767225600,\"exp\":1767229200}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    private String serviceAccount(KeyPair keys) {
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                        .replace("\n", "\\n")
                + "\\n-----END PRIVATE KEY-----\\n";
        return "{\"type\":\"service_account\",\"client_email\":\"app@example-project.iam.gserviceaccount.com\","
                + "\"private_key_id\":\"k1\",\"private_key\":\"" + pem + "\",\"token_uri\":\"" + server.uri() + "/token\"}";
    }

    private static String decoded(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    @Test
    void refreshesAGoogleUsersLogin() throws Exception {
        Path file = Files.writeString(
                home.resolve("adc.json"),
                "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s&\",\"refresh_token\":\"1//r\","
                        + "\"token_uri\":\"" + server.uri() + "/token\",\"nested\":{\"type\":\"x\"},\"quota\":null}");
        environment.put("GOOGLE_APPLICATION_CREDENTIALS", file.toString());
        server.answers(200, TOKEN);

        try (var tokens = GoogleTokens.ofEnvironment(place())) {
            assertThat(tokens.refreshing().awaitFirst(SOON)).isTrue();
            assertThat(tokens.token()).isEqualTo("ya29.secret");
            clock.advance(Duration.ofSeconds(3599));
            assertThat(tokens.token()).isNull();
        }
        assertThat(server.asked().getFirst().form())
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("client_secret", "s&")
                .containsEntry("refresh_token", "1//r");
    }

    @Test
    void asksGooglesMetadataServer() throws Exception {
        environment.put("GCE_METADATA_HOST", server.uri().getAuthority());
        server.answers(200, TOKEN);

        try (var tokens = GoogleTokens.ofEnvironment(place())) {
            assertThat(tokens.refreshing().awaitFirst(SOON)).isTrue();
            assertThat(tokens.token()).isEqualTo("ya29.secret");
        }
        assertThat(server.asked().getFirst().line())
                .isEqualTo("GET /computeMetadata/v1/instance/service-accounts/default/token");
        assertThat(server.asked().getFirst().header("metadata-flavor")).isEqualTo("Google");
    }

    @Test
    void refusesCredentialsOfGoogleThatItCannotUse() {
        refuses("{\"type\":\"external_account\"}", "external_account");
        refuses("no json, but secret", "no JSON object");
        refuses("{\"type\":\"service_account\",\"client_email\":\"a\"}", "\"private_key\" is missing");
        refuses("{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"secret\"}", "no RSA key");
    }

    private void refuses(String json, String message) {
        assertThatThrownBy(() -> GoogleTokens.ofJson(json, place()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void asksEntraForAnApplication() throws Exception {
        var application = new EntraTokens.Application(server.uri(), "tenant-1", "client-1", "hush+");
        server.answers(200, "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"access_token\":\"eyJ.entra\"}");

        try (var tokens = EntraTokens.of(application, clock)) {
            assertThat(tokens.refreshing().awaitFirst(SOON)).isTrue();
            assertThat(tokens.token()).isEqualTo("eyJ.entra");
            assertThat(tokens.toString()).doesNotContain("eyJ");
        }
        assertThat(server.asked().getFirst().line()).isEqualTo("POST /tenant-1/oauth2/v2.0/token");
        assertThat(server.asked().getFirst().form())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_secret", "hush+")
                .containsEntry("scope", "https://cognitiveservices.azure.com/.default");
        assertThat(application.toString()).doesNotContain("hush");
    }

    @Test
    void tellsWhatATokenServerRefusesWithoutItsText() {
        server.answers(401, "{\"error\":\"invalid_client\",\"error_description\":\"secret\"}");

        try (CredentialHttp http = new CredentialHttp()) {
            assertThatThrownBy(() -> http.post(server.uri(), Map.of(), "client_secret=secret"))
                    .hasMessage("127.0.0.1 answered 401 (invalid_client)");
        }
    }

    @Test
    void refusesAnswersWithoutAToken() throws Exception {
        assertThat(OAuthReply.read("{\"access_token\":\"t\",\"expires_in\":1e300}", clock.instant()).value()).isEqualTo("t");
        assertThat(OAuthReply.read("{\"access_token\":\"t\",\"expires_in\":-1e300}", clock.instant()).value()).isEqualTo("t");
        assertThatThrownBy(() -> OAuthReply.read("{\"expires_in\":1}", clock.instant())).hasMessageContaining("access_token");
        assertThatThrownBy(() -> OAuthReply.read("<html>", clock.instant())).hasMessageContaining("no JSON");
        assertThatThrownBy(() -> OAuthReply.read("{\"access_token\":\"t\",\"expires_in\":\"soon\"}", clock.instant()))
                .hasMessageContaining("expires_in");
    }

    @Test
    void readsATokenFromAFile() throws Exception {
        Path file = Files.writeString(home.resolve("token"), "  tok\n");

        try (var token = FileToken.of(file, clock)) {
            assertThat(token.refreshing().awaitFirst(SOON)).isTrue();
            assertThat(token.token()).isEqualTo("tok");
            assertThat(token.toString()).doesNotContain("tok]");
        }
        try (var token = FileToken.of(Files.writeString(home.resolve("empty"), "\n"), clock)) {
            assertThat(token.refreshing().awaitFirst(SOON)).isFalse();
        }
    }
}
