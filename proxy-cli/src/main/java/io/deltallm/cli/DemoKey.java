package io.deltallm.cli;

import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.store.IssuedKey;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.store.KeyTerms;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The key that `--demo` prints. Keys are kept as hashes only, so an old one cannot be shown again: every start makes a
/// new one and deletes the one before it. Blocks on the store.
final class DemoKey {
    private static final String ALIAS = "demo";
    private static final String OURS = "{\"created_by\":\"deltallm server --demo\"}";
    private static final Duration LIFE = Duration.ofHours(24);

    private DemoKey() {}

    /// Stores a key for a day and returns it.
    static String issue(KeyStore keys, String salt, InstantSource clock) {
        var byAlias = new KeyRef.ByAlias(ALIAS);
        KeyRecord before = keys.find(byAlias);
        if (before != null && before.terms().metadata().equals(OURS)) {
            keys.delete(byAlias);
            before = null;
        }
        // Somebody's own key of that name is left alone.
        String alias = before == null ? ALIAS : null;
        var terms = new KeyTerms(
                alias, KeyOwner.NOBODY, List.of(), KeyLimits.DEFAULTS, null, clock.instant().plus(LIFE), OURS);
        IssuedKey issued = new KeyFactory(salt, new SecureRandom(), clock).issue(terms);
        keys.insert(issued.keyRecord());
        return issued.key();
    }
}
