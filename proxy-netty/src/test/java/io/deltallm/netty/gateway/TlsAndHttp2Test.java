package io.deltallm.netty.gateway;

import io.deltallm.netty.testing.ChatSample;
import io.deltallm.netty.testing.Gate;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.H2cClient;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.ReceivedRequest;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(LeakGuard.class)
final class TlsAndHttp2Test {
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private GatewayFixture gateway;
    private SSLContext trusting;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .ecp256().subject("CN=localhost").addSanDnsName("localhost").setIsCertificateAuthority(true).buildSelfSigned();
        Path chain = Files.writeString(directory.resolve("chain.pem"), certificate.getCertificatePathPEM(), US_ASCII);
        Path key = Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM(), US_ASCII);
        trusting = trusting(certificate);
        gateway = GatewayFixture.inFrontOf(upstream)
                .set("server.tls.cert_file", chain.toString()).set("server.tls.key_file", key.toString()).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void chatsOverTls(HttpClient.Version version) throws Exception {
        upstream.next(ChatSample.reply());
        try (HttpClient client = client(version)) {
            HttpResponse<String> response = client.send(chat(ChatSample.REQUEST), HttpResponse.BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(version);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(ChatSample.REPLY);
            assertThat(response.headers().firstValue("x-request-id")).isPresent();
            assertThat(upstream.takeRequest().text()).isEqualTo(ChatSample.REQUEST.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void streamsOverTls(HttpClient.Version version) throws Exception {
        upstream.next(ChatSample.stream(20));
        try (HttpClient client = client(version)) {
            HttpResponse<String> response = client.send(chat(ChatSample.STREAM_REQUEST), HttpResponse.BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo(ChatSample.streamText(20));
        }
    }

    @Test
    void refusesOverHttp2() throws Exception {
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(uri()).header("Authorization", "Bearer sk-unknown")
                            .POST(HttpRequest.BodyPublishers.ofString(ChatSample.REQUEST)).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.body()).contains("authentication_error");
            assertThat(response.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
        }
    }

    @Test
    void carriesManyStreamsOnOneHttp2Connection() throws Exception {
        var gate = new Gate();
        upstream.otherwise(ChatSample.openStream().piece(ChatSample.delta("a")).gate(gate).piece(ChatSample.DONE).end());
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                replies.add(client.sendAsync(chat(ChatSample.STREAM_REQUEST), HttpResponse.BodyHandlers.ofString()));
                upstream.takeRequest();
            }
            assertThat(gateway.clientConnections()).isEqualTo(1);
            gate.open();

            for (var reply : replies) {
                assertThat(reply.get().body()).isEqualTo(ChatSample.delta("a") + ChatSample.DONE);
            }
        }
    }

    @Test
    void movesLargeBodiesOverHttp2() throws Exception {
        String large = ChatSample.REPLY.replace("hello", "y".repeat(3 << 20));
        String request = ChatSample.REQUEST.replace("hi", "x".repeat(3 << 20));
        upstream.next(Script.json(200, large));
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            assertThat(client.send(chat(request), HttpResponse.BodyHandlers.ofString()).body()).isEqualTo(large);
            assertThat(upstream.takeRequest().text()).isEqualTo(request.replace("gpt-4o", ChatSample.UPSTREAM_MODEL));
        }
    }

    @Test
    void cancelsTheUpstreamWhenAnHttp2StreamIsCancelled() {
        upstream.next(Script.silence());
        try (HttpClient client = client(HttpClient.Version.HTTP_2)) {
            var reply = client.sendAsync(chat(ChatSample.REQUEST), HttpResponse.BodyHandlers.ofString());
            ReceivedRequest request = upstream.takeRequest();

            reply.cancel(true);

            request.awaitPeerClosed();
            gateway.awaitIdle();
        }
    }

    @Test
    void refusesPlainTextOnTheTlsPort() {
        try (var client = gateway.connect()) {
            assertThat(client.send("GET /health HTTP/1.1\r\nHost: gateway\r\n\r\n").readRest()).doesNotContain("200 OK");
        }
    }

    @Test
    void refusesOldTls() throws Exception {
        var parameters = new SSLParameters(null, new String[] {"TLSv1.1"});
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting).sslParameters(parameters).build()) {
            assertThatThrownBy(() -> client.send(chat(ChatSample.REQUEST), HttpResponse.BodyHandlers.ofString())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void speaksHttp2WithoutTlsToThoseWhoKnow() {
        gateway.close();
        gateway = GatewayFixture.inFrontOf(upstream).start();
        upstream.next(ChatSample.reply()).next(ChatSample.stream(10));
        try (var client = H2cClient.connect(gateway.port())) {
            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST)).isEqualTo(new H2cClient.Reply(200, ChatSample.REPLY));
            assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.STREAM_REQUEST))
                    .isEqualTo(new H2cClient.Reply(200, ChatSample.streamText(10)));
        }
        gateway.assertNothingLeft();
    }

    @Test
    void speaksTlsToProviders() throws Exception {
        gateway.close();
        X509Bundle certificate = new CertificateBuilder().ecp256().subject("CN=localhost").addSanDnsName("localhost").buildSelfSigned();
        var context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        try (var secure = ScriptedUpstream.start(context.getServerSocketFactory()).otherwise(ChatSample.reply())) {
            gateway = GatewayFixture.inFrontOf("https://localhost:" + secure.port() + "/v1").start();
            try (var client = gateway.connect()) {
                // Nobody vouches for this certificate, so nothing may be sent to its owner.
                assertThat(client.post(ChatSample.PATH, GatewayFixture.MASTER_KEY, ChatSample.REQUEST).read().status()).isEqualTo(502);
                assertThat(secure.requestCount()).isZero();
            }
        }
    }

    private static SSLContext trusting(X509Bundle certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", certificate.getCertificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trusting).build();
    }

    private URI uri() {
        return URI.create("https://localhost:" + gateway.port() + ChatSample.PATH);
    }

    private HttpRequest chat(String body) {
        return HttpRequest.newBuilder(uri()).header("Authorization", "Bearer " + GatewayFixture.MASTER_KEY)
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }
}
