package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.policy.limit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AwsCredentialChainTest {
    private static final String ROLE_CREDENTIALS = """
            {"Code":"Success","AccessKeyId":"ASIA1","SecretAccessKey":"s1","Token":"t1","Expiration":"2026-01-01T06:00:00Z"}""";
    private static final String STS_CREDENTIALS = """
            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Result><Credentials>
              <AccessKeyId>ASIA2</AccessKeyId><SecretAccessKey>s/2+</SecretAccessKey><SessionToken>t2==</SessionToken>
              <Expiration>2026-01-01T01:00:00Z</Expiration></Credentials></Result></AssumeRoleResponse>""";

    @TempDir
    private Path home;

    private final ManualClock clock = new ManualClock();
    private final TokenServer server = new TokenServer();
    private final Map<String, String> environment = new HashMap<>();

    @AfterEach
    void close() {
        server.close();
    }

    private @Nullable AwsCredentials found() throws InterruptedException {
        return found(null);
    }

    private @Nullable AwsCredentials found(@Nullable String profile) throws InterruptedException {
        environment.putIfAbsent("AWS_EC2_METADATA_DISABLED", "true");
        try (var chain = AwsCredentialChain.of(
                new AwsCredentialChain.Place(environment::get, home, profile, clock))) {
            chain.refreshing().awaitFirst(Duration.ofSeconds(10));
            return chain.current();
        }
    }

    private void file(String name, String content) throws IOException {
        Files.createDirectories(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws").resolve(name), content);
    }

    @Test
    void findsNoneWhereNothingIsSetUp() throws Exception {
        assertThat(found()).isNull();
    }

    @Test
    void takesTheEnvironmentFirst() throws Exception {
        file("credentials", "[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = f\n");
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "AKIA", "AWS_SECRET_ACCESS_KEY", "s"));

        assertThat(found()).isEqualTo(new AwsCredentials("AKIA", "s", null));
        environment.put("AWS_SESSION_TOKEN", "t");
        assertThat(found()).isEqualTo(new AwsCredentials("AKIA", "s", "t"));
    }

    @Test
    void takesAProfileOfTheSharedFiles() throws Exception {
        file("credentials", """
                # comment = 1
                [default]
                aws_access_key_id=AKIA1
                aws_secret_access_key = s=1
                [other]
                aws_access_key_id = AKIA2
                aws_secret_access_key = s2
                aws_session_token = t2
                """);
        file("config", "[profile third]\naws_access_key_id = AKIA3\naws_secret_access_key = s3\ns3 =\n  region = x\n");

        assertThat(found()).isEqualTo(new AwsCredentials("AKIA1", "s=1", null));
        assertThat(found("third")).isEqualTo(new AwsCredentials("AKIA3", "s3", null));
        environment.put("AWS_PROFILE", "other");
        assertThat(found()).isEqualTo(new AwsCredentials("AKIA2", "s2", "t2"));
        environment.put("AWS_PROFILE", "absent");
        assertThat(found()).isNull();
    }

    @Test
    void prefersTheConfiguredProfileToTheEnvironment() throws Exception {
        file("credentials", "[own]\naws_access_key_id = AKIAOWN\naws_secret_access_key = s\n");
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "AKIA", "AWS_SECRET_ACCESS_KEY", "s"));

        assertThat(found("own")).isEqualTo(new AwsCredentials("AKIAOWN", "s", null));
    }

    @Test
    void takesTheRoleOfAProfileByItsSource() throws Exception {
        file("credentials", "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n");
        file("config", """
                [profile app]
                role_arn = arn:aws:iam::000000000000:role/app
                source_profile = base
                external_id = x1
                region = eu-west-1
                """);
        environment.putAll(Map.of("AWS_PROFILE", "app", "AWS_ENDPOINT_URL_STS", server.uri().toString()));
        server.answers(200, STS_CREDENTIALS);

        assertThat(found()).isEqualTo(new AwsCredentials("ASIA2", "s/2+", "t2=="));
        var asked = server.asked().getFirst();
        assertThat(asked.line()).isEqualTo("POST /");
        assertThat(asked.header("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIABASE/20260101/eu-west-1/sts/aws4_request, SignedHeaders=host;");
        assertThat(asked.header("x-amz-date")).isEqualTo("20260101T000000Z");
        assertThat(asked.form())
                .containsEntry("Action", "AssumeRole")
                .containsEntry("RoleArn", "arn:aws:iam::000000000000:role/app")
                .containsEntry("ExternalId", "x1");
    }

    @Test
    void takesTheRoleOfAWebIdentity() throws Exception {
        Path token = Files.writeString(home.resolve("token"), "jwt.of.pod\n");
        environment.putAll(Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(),
                "AWS_ROLE_ARN", "arn:aws:iam::000000000000:role/pod",
                "AWS_ENDPOINT_URL_STS", server.uri().toString()));
        server.answers(200, STS_CREDENTIALS);

        assertThat(found()).isEqualTo(new AwsCredentials("ASIA2", "s/2+", "t2=="));
        assertThat(server.asked().getFirst().form())
                .containsEntry("Action", "AssumeRoleWithWebIdentity")
                .containsEntry("WebIdentityToken", "jwt.of.pod")
                .containsEntry("RoleSessionName", "deltallm");
    }

    @Test
    void asksNoLaterPlaceWhereAnEarlierOneFails() throws Exception {
        Path token = Files.writeString(home.resolve("token"), "jwt");
        environment.putAll(Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(),
                "AWS_ROLE_ARN", "arn:aws:iam::000000000000:role/pod",
                "AWS_ENDPOINT_URL_STS", server.uri().toString(),
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", server.uri() + "/container"));
        server.answers(403, "<Error/>").answers(200, ROLE_CREDENTIALS);

        assertThat(found()).isNull();
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void takesTheRoleOfAContainer() throws Exception {
        Path token = Files.writeString(home.resolve("token"), "container-token\n");
        environment.putAll(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", server.uri() + "/v1/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()));
        server.answers(200, ROLE_CREDENTIALS);

        assertThat(found()).isEqualTo(new AwsCredentials("ASIA1", "s1", "t1"));
        assertThat(server.asked().getFirst().line()).isEqualTo("GET /v1/credentials");
        assertThat(server.asked().getFirst().header("authorization")).isEqualTo("container-token");
    }

    @Test
    void sendsNoTokenInTheClearToStrangers() throws Exception {
        environment.putAll(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://stranger.example/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN", "secret"));

        assertThat(found()).isNull();
    }

    @Test
    void takesTheRoleOfAMachine() throws Exception {
        environment.putAll(Map.of(
                "AWS_EC2_METADATA_SERVICE_ENDPOINT", server.uri().toString(), "AWS_EC2_METADATA_DISABLED", "false"));
        server.answers(200, "imds-token").answers(200, "web-role").answers(200, ROLE_CREDENTIALS);

        assertThat(found()).isEqualTo(new AwsCredentials("ASIA1", "s1", "t1"));
        assertThat(server.asked().stream().map(TokenServer.Asked::line))
                .containsExactly(
                        "PUT /latest/api/token",
                        "GET /latest/meta-data/iam/security-credentials/",
                        "GET /latest/meta-data/iam/security-credentials/web-role");
        assertThat(server.asked().getLast().header("x-aws-ec2-metadata-token")).isEqualTo("imds-token");
    }

    @Test
    void forgetsCredentialsThatHaveEnded() throws Exception {
        environment.putAll(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", server.uri() + "/c", "AWS_EC2_METADATA_DISABLED", "true"));
        server.answers(200, ROLE_CREDENTIALS);
        try (var chain = AwsCredentialChain.of(new AwsCredentialChain.Place(environment::get, home, null, clock))) {
            chain.refreshing().awaitFirst(Duration.ofSeconds(10));
            assertThat(chain.current()).isNotNull();

            clock.advance(Duration.ofHours(6));

            assertThat(chain.current()).isNull();
            assertThat(chain.toString()).doesNotContain("s1");
        }
    }

    @Test
    void givesFixedCredentials() {
        var credentials = new AwsCredentials("AKIA", "s", null);

        assertThat(AwsCredentialChain.fixed(credentials).current()).isEqualTo(credentials);
    }
}
