package io.deltallm.policy.config;

import io.deltallm.policy.limit.ProxyLimits;
import io.deltallm.policy.limit.Rates;

/// How much may be done.
///
/// @param rates for each key and for all together
/// @param request for a single request
public record LimitSettings(ProxyLimits rates, RequestLimits request) {

    /// `limits.scope: global` makes the plain limits of the dialects, which are written for a key, proxy-wide.
    static LimitSettings of(SettingValues values) {
        Rates plain = new Rates(
                values.amount(Setting.KEY_RPM), values.amount(Setting.KEY_TPM), values.whole(Setting.KEY_PARALLEL));
        Rates proxyWide = new Rates(
                values.amount(Setting.GLOBAL_RPM),
                values.amount(Setting.GLOBAL_TPM),
                values.whole(Setting.GLOBAL_PARALLEL));
        boolean global = values.text(Setting.LIMIT_SCOPE).equals("global");
        ProxyLimits rates =
                global ? ProxyLimits.of(fill(proxyWide, plain), true) : new ProxyLimits(plain, proxyWide);
        return new LimitSettings(rates, RequestLimits.of(values));
    }

    /// `first`, with the amounts of `second` where it has none.
    private static Rates fill(Rates first, Rates second) {
        return new Rates(
                first.requestsPerMinute() > 0 ? first.requestsPerMinute() : second.requestsPerMinute(),
                first.tokensPerMinute() > 0 ? first.tokensPerMinute() : second.tokensPerMinute(),
                first.maxParallel() > 0 ? first.maxParallel() : second.maxParallel());
    }
}
