package io.deltallm.policy.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Decides what a freshly read configuration does to a running gateway. A pure function: the caller puts the new snapshot
/// in force.
public final class ConfigReload {
    private ConfigReload() {}

    /// @param running the snapshot in force
    /// @param fresh what was read just now
    public static ReloadResult reload(Snapshot running, ConfigResult fresh, Instant now) {
        GatewayConfig config = fresh.config();
        if (config == null) {
            return new ReloadResult.Rejected(fresh.problems());
        }
        List<ConfigProblem> problems = new ArrayList<>(fresh.problems());
        SettingValues before = running.config().values();
        for (Setting setting : Setting.values()) {
            if (setting.needsRestart() && !same(setting, before, config.values())) {
                problems.add(waits(setting, before, config.values()));
            }
        }
        // What waits keeps its running value, or parts of the gateway would disagree: keys are hashed with the old salt.
        GatewayConfig next = config.withValues(before.carriedInto(config.values()));
        return new ReloadResult.Reloaded(SnapshotBuilder.build(next, running.version() + 1, now), problems);
    }

    private static boolean same(Setting setting, SettingValues before, SettingValues after) {
        return Objects.equals(before.value(setting), after.value(setting));
    }

    private static ConfigProblem waits(Setting setting, SettingValues before, SettingValues after) {
        String change = setting.secret() ? "changed" : before.print(setting) + " -> " + after.print(setting);
        return ConfigProblem.warning(setting.path(), 0, change + "; takes effect after a restart");
    }
}
