package io.deltallm.netty.ingress;

import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.ScriptedUpstream;
import io.deltallm.policy.config.TlsSettings;
import io.deltallm.policy.config.TlsSettings.ClientAuth;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Certificates, versions and protocols, as clients of several kinds meet them.
@ExtendWith(LeakGuard.class)
final class TlsContextsTest {
    private static final String PROBE = "GET /health/liveliness HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final X509Bundle authority = authority("CN=clients");

    @TempDir
    private Path directory;

    private Path chain;
    private Path key;

    @BeforeEach
    void writeCertificate() throws IOException {
        chain = directory.resolve("chain.pem");
        key = directory.resolve("key.pem");
        write(authority("CN=first"));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    private static X509Bundle authority(String subject) {
        try {
            return new CertificateBuilder().ecp256().subject(subject).setIsCertificateAuthority(true).buildSelfSigned();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(X509Bundle certificate) throws IOException {
        Files.writeString(chain, certificate.getCertificatePathPEM());
        Files.writeString(key, certificate.getPrivateKeyPEM());
    }

    private GatewayFixture.Plan plan() {
        return GatewayFixture.inFrontOf(upstream)
                .set("server.tls.cert_file", chain.toString()).set("server.tls.key_file", key.toString());
    }

    private TlsSettings settings() {
        return new TlsSettings(chain, key, "TLSv1.2", null, ClientAuth.NONE);
    }

    private static SSLSocket connect(GatewayFixture gateway, @Nullable X509Bundle shown, SSLParameters wanted) throws Exception {
        var context = SSLContext.getInstance("TLS");
        KeyManager[] keys = shown == null ? null : shown.toKeyManagerFactory().getKeyManagers();
        context.init(keys, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port());
        socket.setSoTimeout(10_000);
        socket.setSSLParameters(merged(socket.getSSLParameters(), wanted));
        return socket;
    }

    private static SSLParameters merged(SSLParameters base, SSLParameters wanted) {
        if (wanted.getProtocols() != null) {
            base.setProtocols(wanted.getProtocols());
        }
        base.setApplicationProtocols(wanted.getApplicationProtocols());
        return base;
    }

    private static SSLParameters offering(String... protocols) {
        var parameters = new SSLParameters();
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    private static SSLParameters speaking(String version) {
        return new SSLParameters(null, new String[] {version});
    }

    private static String probe(SSLSocket socket) throws IOException {
        try (socket) {
            socket.getOutputStream().write(PROBE.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({"http/1.1", "spdy/3", "''"})
    void speaksHttp1ToWhoeverDoesNotAskForMore(String offered) throws Exception {
        try (var gateway = plan().start()) {
            var parameters = offered.isEmpty() ? offering() : offering(offered);

            assertThat(probe(connect(gateway, null, parameters))).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void prefersHttp2() throws Exception {
        try (var gateway = plan().start(); var socket = connect(gateway, null, offering("http/1.1", "h2"))) {
            socket.startHandshake();

            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLSv1.3, true", "TLSv1.2, TLSv1.2, true", "1.3, TLSv1.3, true", "1.3, TLSv1.2, false"})
    void speaksNoVersionBelowTheLeast(String least, String spoken, boolean accepted) throws Exception {
        try (var gateway = plan().set("server.tls.min_version", least).start()) {
            SSLSocket socket = connect(gateway, null, speaking(spoken));

            if (accepted) {
                assertThat(probe(socket)).startsWith("HTTP/1.1 200");
            } else {
                assertThatThrownBy(() -> probe(socket)).isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "optional, none, true", "optional, ours, true", "optional, foreign, false",
        "require, none, false", "require, ours, true", "require, foreign, false"
    })
    void asksForClientCertificates(String auth, String shown, boolean accepted) throws Exception {
        Path signers = Files.writeString(directory.resolve("ca.pem"), authority.getRootCertificatePEM());
        X509Bundle certificate = switch (shown) {
            case "ours" -> issuedBy(authority);
            case "foreign" -> issuedBy(authority("CN=clients"));
            default -> null;
        };
        try (var gateway = plan().set("server.tls.client_auth", auth).set("server.tls.client_ca_file", signers.toString()).start()) {
            // The JDK shows only certificates that the server asks for by their signer's name, which the foreign one shares.
            SSLSocket socket = connect(gateway, certificate, speaking("TLSv1.2"));

            if (accepted) {
                assertThat(probe(socket)).startsWith("HTTP/1.1 200");
            } else {
                assertThatThrownBy(() -> probe(socket)).isInstanceOf(IOException.class);
            }
        }
    }

    private static X509Bundle issuedBy(X509Bundle issuer) throws Exception {
        return new CertificateBuilder().ecp256().subject("CN=client").addExtendedKeyUsageClientAuth().buildIssuedBy(issuer);
    }

    @Test
    void showsARenewedCertificateAfterAReload() throws Exception {
        try (var gateway = plan().start()) {
            assertThat(subject(gateway)).isEqualTo("CN=first");

            write(authority("CN=second"));
            gateway.reload(plan());
            assertThat(subject(gateway)).isEqualTo("CN=second");

            Files.writeString(chain, "gone wrong");
            gateway.reload(plan().set("server.max_body", "1MiB"));
            assertThat(subject(gateway)).isEqualTo("CN=second");
        }
    }

    private static String subject(GatewayFixture gateway) throws Exception {
        try (SSLSocket socket = connect(gateway, null, offering())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        Files.delete(key);

        assertThatThrownBy(() -> new TlsContexts(settings()))
                .isInstanceOf(IllegalStateException.class).hasMessage("server.tls.key_file: there is no file " + key);
    }

    @Test
    void namesTheFileThatIsNoCertificate() throws IOException {
        Files.writeString(chain, "hello");

        assertThatThrownBy(() -> new TlsContexts(settings()))
                .isInstanceOf(IllegalStateException.class).hasMessageStartingWith("server.tls.cert_file: " + chain);
    }

    @Test
    void namesTheFileThatIsNoKey() throws IOException {
        Files.writeString(key, "hello");

        assertThatThrownBy(() -> new TlsContexts(settings()))
                .isInstanceOf(IllegalStateException.class).hasMessageStartingWith("server.tls.key_file: " + key);
    }

    @Test
    void namesTheKeyOfAnotherCertificate() throws IOException {
        Files.writeString(key, authority.getPrivateKeyPEM());

        assertThatThrownBy(() -> new TlsContexts(settings()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("server.tls.key_file: " + key + " is not the key of the certificate CN=first");
    }

    @Test
    void namesTheKeyOfAnotherKind() throws Exception {
        Files.writeString(key, new CertificateBuilder().rsa2048().subject("CN=rsa").setIsCertificateAuthority(true).buildSelfSigned().getPrivateKeyPEM());

        assertThatThrownBy(() -> new TlsContexts(settings())).hasMessageContaining("is not the key of the certificate CN=first");
    }

    @Test
    void saysThatTheSignersAreMissing() {
        var settings = new TlsSettings(chain, key, "TLSv1.2", null, ClientAuth.REQUIRE);

        assertThatThrownBy(() -> new TlsContexts(settings)).hasMessageStartingWith("server.tls.client_ca_file is missing");
    }
}
