package io.deltallm.netty.ingress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and keys from PEM files (RFC 7468). Every failure is an [IllegalStateException] that names the
/// setting, the file and what was expected. Blocks.
final class PemFiles {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String EXPECTED_KEY =
            " (expected: \"BEGIN PRIVATE KEY\", that is PKCS#8 without a password; openssl pkcs8 -topk8 -nodes converts)";

    private PemFiles() {}

    /// All certificates of a file, at least one.
    static X509Certificate[] certificates(String setting, Path file) {
        byte[] pem = read(setting, file);
        try {
            X509Certificate[] all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(X509Certificate[]::new);
            if (all.length > 0) {
                return all;
            }
        } catch (CertificateException e) {
            throw new IllegalStateException(
                    setting + ": " + file + " holds no usable certificate (expected: PEM): " + e.getMessage(), e);
        }
        throw new IllegalStateException(setting + ": " + file + " holds no certificate (expected: PEM)");
    }

    /// The private key of a certificate. That it belongs to the certificate is proved here: a server would notice at its
    /// first handshake only.
    static PrivateKey privateKey(String setting, Path file, X509Certificate certificate) {
        Matcher pem = PRIVATE_KEY.matcher(new String(read(setting, file), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IllegalStateException(setting + ": " + file + " holds no private key" + EXPECTED_KEY);
        }
        try {
            PrivateKey key = KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
            if (belongTogether(key, certificate)) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A key of another kind than the certificate's, or bytes that are no key: no detail of them is repeated.
            throw foreign(setting, file, certificate);
        }
        throw foreign(setting, file, certificate);
    }

    private static IllegalStateException foreign(String setting, Path file, X509Certificate certificate) {
        return new IllegalStateException(
                setting + ": " + file + " is not the key of the certificate " + certificate.getSubjectX500Principal());
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                });
        byte[] text = certificate.getSerialNumber().toByteArray();
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static byte[] read(String setting, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(setting + ": there is no file " + file);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(setting + ": " + file + " cannot be read: " + e, e);
        }
    }
}
