package io.deltallm.policy.identity;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Turns a key into its [KeyHash]: SHA-256 over `salt:key`. Not thread-safe: each event loop has its own, so that a
/// look-up allocates nothing but its result.
public final class KeyHasher {
    private final MessageDigest sha256;
    private final byte[] prefix;
    private final byte[] digest = new byte[32];

    public KeyHasher(String salt) {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        this.prefix = (salt + ":").getBytes(StandardCharsets.UTF_8);
    }

    /// Hashes the UTF-8 bytes of a key that stand in `bytes`.
    public KeyHash hash(byte[] bytes, int offset, int length) {
        sha256.update(prefix);
        sha256.update(bytes, offset, length);
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 digest fits into 32 bytes", e);
        }
        return KeyHash.of(digest);
    }

    public KeyHash hash(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return hash(bytes, 0, bytes.length);
    }
}
