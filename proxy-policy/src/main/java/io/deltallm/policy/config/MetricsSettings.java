package io.deltallm.policy.config;

/// Who sees `/metrics`, and how.
///
/// @param enabled whether anything is measured and shown at all
/// @param requireKey whether a scrape needs a key
/// @param defaultFormat for requests that do not say what they want
public record MetricsSettings(boolean enabled, boolean requireKey, Format defaultFormat) {

    /// How the page is written.
    public enum Format {
        PROMETHEUS,
        JSON
    }

    static MetricsSettings of(SettingValues values) {
        return new MetricsSettings(
                values.flag(Setting.METRICS_ENABLED),
                values.flag(Setting.METRICS_REQUIRE_KEY),
                values.constant(Setting.METRICS_DEFAULT_FORMAT, Format.class));
    }
}
