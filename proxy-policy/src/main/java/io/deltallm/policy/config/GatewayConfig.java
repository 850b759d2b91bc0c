package io.deltallm.policy.config;

import java.util.List;
import java.util.Map;

/// Everything that was configured, read and checked: file, environment and command line in one tree, whichever dialect
/// it was written in. Immutable. [SnapshotBuilder] makes of it what the request path uses.
///
/// @param models usable entries of `model_list`, in the order they were written
/// @param disabledModels the others
/// @param aliases further names: each stands for the union of the named groups
/// @param values each setting with where it came from, for `config show` and for the comparison at a reload
public record GatewayConfig(
        ServerSettings server,
        KeySettings keys,
        LimitSettings limits,
        UpstreamSettings upstream,
        StoreSettings store,
        LoggingSettings logging,
        MetricsSettings metrics,
        List<ModelSettings> models,
        List<DisabledModel> disabledModels,
        Map<String, List<String>> aliases,
        SettingValues values) {

    public GatewayConfig {
        models = List.copyOf(models);
        disabledModels = List.copyOf(disabledModels);
        aliases = Map.copyOf(aliases);
    }

    /// What holds where nothing is written; without a master key nobody is let in.
    public static GatewayConfig defaults() {
        return of(SettingValues.DEFAULTS, List.of(), List.of(), Map.of());
    }

    static GatewayConfig of(
            SettingValues values,
            List<ModelSettings> models,
            List<DisabledModel> disabled,
            Map<String, List<String>> aliases) {
        return new GatewayConfig(
                ServerSettings.of(values),
                KeySettings.of(values),
                LimitSettings.of(values),
                UpstreamSettings.of(values),
                StoreSettings.of(values),
                LoggingSettings.of(values),
                MetricsSettings.of(values),
                models,
                disabled,
                aliases,
                values);
    }

    GatewayConfig withValues(SettingValues other) {
        return of(other, models, disabledModels, aliases);
    }
}
