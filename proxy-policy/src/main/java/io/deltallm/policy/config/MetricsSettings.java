package io.deltallm.policy.config;

/// Who sees `/metrics`.
///
/// @param enabled whether anything is measured and shown at all
/// @param requireKey whether a scrape needs a key
public record MetricsSettings(boolean enabled, boolean requireKey) {
    static MetricsSettings of(SettingValues values) {
        return new MetricsSettings(values.flag(Setting.METRICS_ENABLED), values.flag(Setting.METRICS_REQUIRE_KEY));
    }
}
