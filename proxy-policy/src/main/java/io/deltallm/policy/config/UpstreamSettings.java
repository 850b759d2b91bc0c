package io.deltallm.policy.config;

import io.deltallm.policy.route.Target.Clocks;
import io.deltallm.policy.route.Target.PoolSettings;

/// How patient the gateway is with providers, and how many connections it keeps to each.
public record UpstreamSettings(Clocks clocks, PoolSettings pool) {
    static UpstreamSettings of(SettingValues values) {
        return new UpstreamSettings(
                new Clocks(
                        values.span(Setting.CONNECT_TIMEOUT),
                        values.span(Setting.FIRST_BYTE_TIMEOUT),
                        values.span(Setting.SILENCE_TIMEOUT),
                        values.span(Setting.TOTAL_TIMEOUT)),
                new PoolSettings(
                        values.whole(Setting.POOL_MAX_CONNECTIONS),
                        values.whole(Setting.POOL_MAX_IDLE),
                        values.span(Setting.POOL_IDLE_EXPIRY),
                        values.span(Setting.POOL_ACQUIRE_TIMEOUT)));
    }
}
