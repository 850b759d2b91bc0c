package io.deltallm.policy.store;

import io.deltallm.policy.identity.KeyHasher;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/// Makes virtual keys: `sk-` and 256 random bits as 43 characters that are safe in URLs and headers. Thread-safe.
public final class KeyFactory {
    private static final String PREFIX = "sk-";
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 9;
    private static final int SHOWN_CHARACTERS = 4;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final String salt;
    private final SecureRandom random;
    private final InstantSource clock;

    /// @param salt the one with which the request path hashes keys
    public KeyFactory(String salt, SecureRandom random, InstantSource clock) {
        this.salt = salt;
        this.random = random;
        this.clock = clock;
    }

    /// A new key on these terms. Nothing is stored yet.
    public IssuedKey issue(KeyTerms terms) {
        return record(PREFIX + randomText(KEY_BYTES), terms);
    }

    /// The record of a key that somebody else chose: any text will do, it is looked up by hash.
    public IssuedKey record(String key, KeyTerms terms) {
        // What the store keeps: whole milliseconds.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeyRecord keyRecord = new KeyRecord(
                new KeyHasher(salt).hash(key), "key_" + randomText(ID_BYTES), displayName(key), terms, false, now, now);
        return new IssuedKey(key, keyRecord);
    }

    private String randomText(int bytes) {
        byte[] chosen = new byte[bytes];
        random.nextBytes(chosen);
        return TEXT.encodeToString(chosen);
    }

    /// The end of a short key would be most of it.
    private static String displayName(String key) {
        boolean longEnough = key.length() >= 4 * SHOWN_CHARACTERS;
        return "sk-..." + (longEnough ? key.substring(key.length() - SHOWN_CHARACTERS) : "");
    }
}
