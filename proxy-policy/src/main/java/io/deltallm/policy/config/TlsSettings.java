package io.deltallm.policy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// TLS towards clients.
///
/// @param certFile the certificate chain, PEM
/// @param keyFile its private key, PEM
/// @param minVersion `TLSv1.2` or `TLSv1.3`
/// @param clientCaFile who signs client certificates, PEM; null where none are asked for
public record TlsSettings(
        Path certFile, Path keyFile, String minVersion, @Nullable Path clientCaFile, ClientAuth clientAuth) {

    /// Whether clients show a certificate.
    public enum ClientAuth {
        NONE,
        OPTIONAL,
        REQUIRE
    }

    static @Nullable TlsSettings of(SettingValues values) {
        String certFile = values.textOrNull(Setting.TLS_CERT_FILE);
        String keyFile = values.textOrNull(Setting.TLS_KEY_FILE);
        if (certFile == null || keyFile == null || !values.flag(Setting.TLS_ENABLED)) {
            return null;
        }
        String clientCa = values.textOrNull(Setting.TLS_CLIENT_CA_FILE);
        return new TlsSettings(
                Path.of(certFile),
                Path.of(keyFile),
                "TLSv" + values.text(Setting.TLS_MIN_VERSION),
                clientCa == null ? null : Path.of(clientCa),
                values.constant(Setting.TLS_CLIENT_AUTH, ClientAuth.class));
    }
}
