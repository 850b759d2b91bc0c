package io.deltallm.policy.identity;

import io.deltallm.policy.limit.LimitRegistry;
import java.time.Duration;

/// How long, and how many, looked-up keys are remembered.
///
/// @param ttl how long a known key is taken as it is; changes are noticed long before, see [KeyChangePoller]
/// @param negativeTtl how long an unknown key is taken for unknown
/// @param maxKnown known keys kept at most
/// @param maxUnknown unknown keys kept at most, apart from the known ones: a flood of wrong keys evicts only its own
/// @param staleWhileStoreDown how much longer than `ttl` a known key is served while the store cannot be asked
public record CallerCacheSettings(
        Duration ttl, Duration negativeTtl, int maxKnown, int maxUnknown, Duration staleWhileStoreDown) {
    public static final CallerCacheSettings DEFAULT = new CallerCacheSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(10), 100_000, 100_000, Duration.ofMinutes(5));

    public CallerCacheSettings {
        if (!ttl.isPositive() || !negativeTtl.isPositive() || staleWhileStoreDown.isNegative()) {
            throw new IllegalArgumentException("ttl " + ttl + " and negativeTtl " + negativeTtl
                    + " must be positive, staleWhileStoreDown " + staleWhileStoreDown + " not negative");
        }
        if (ttl.plus(staleWhileStoreDown).compareTo(LimitRegistry.KEPT_IDLE) > 0) {
            throw new IllegalArgumentException("ttl " + ttl + " and staleWhileStoreDown " + staleWhileStoreDown
                    + " must not be more than " + LimitRegistry.KEPT_IDLE + " together: a key's limits are kept that long");
        }
        if (maxKnown < 1 || maxUnknown < 1) {
            throw new IllegalArgumentException(
                    "maxKnown " + maxKnown + " and maxUnknown " + maxUnknown + " must be at least 1");
        }
    }
}
