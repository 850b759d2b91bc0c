package io.deltallm.policy.limit;

/// The configured limits, as numbers. The buckets that enforce them live in [LimitRegistry].
///
/// @param perKey for every key, where it has no number of its own
/// @param proxyWide for all callers together, the master key included
public record ProxyLimits(Rates perKey, Rates proxyWide) {
    public static final ProxyLimits NONE = new ProxyLimits(Rates.UNLIMITED, Rates.UNLIMITED);

    /// The plain limits of the configuration dialects (`general.max_requests_per_minute` and its kin): meant for each key,
    /// unless their scope is global.
    public static ProxyLimits of(Rates rates, boolean global) {
        return global ? new ProxyLimits(Rates.UNLIMITED, rates) : new ProxyLimits(rates, Rates.UNLIMITED);
    }
}
