package io.deltallm.policy.config;

import io.deltallm.policy.config.Spelling.InEnvironment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds settings among the environment's variables. Two variables stand for others: `LISTEN_ADDR` (`:8080`,
/// `127.0.0.1:8080`) for host and port, `LITELLM_DEBUG=true` for the level; the plain ones win over them.
final class EnvironmentSettings {
    private final Map<String, String> variables;
    private final Map<String, String> origins = new HashMap<>();
    private final Problems problems;

    EnvironmentSettings(Map<String, String> environment, Problems problems) {
        this.variables = new HashMap<>(environment);
        this.problems = problems;
        variables.values().removeIf(String::isBlank);
        Spelling.PREFIXES.forEach(this::expandListenAddress);
        if ("true".equalsIgnoreCase(variables.get("LITELLM_DEBUG"))) {
            stand("LITELLM_DEBUG", "LITELLM_LOG", "DEBUG");
        }
    }

    /// @param text with the unit that its variable's name carries
    record Found(String variable, String text) {}

    /// The strongest variable that is set, null if none is.
    @Nullable Found find(Setting setting) {
        for (String prefix : Spelling.PREFIXES) {
            for (InEnvironment spelling : setting.inEnvironment()) {
                if (spelling.prefixed()) {
                    Found found = lookUp(prefix + spelling.name(), spelling.unit());
                    if (found != null) {
                        return found;
                    }
                } else if (belongsTo(prefix, spelling.name())) {
                    Found found = lookUp(spelling.name(), spelling.unit());
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static boolean belongsTo(String prefix, String name) {
        return !prefix.isEmpty() && name.startsWith(prefix);
    }

    private @Nullable Found lookUp(String name, String unit) {
        String value = variables.get(name);
        if (value == null) {
            return null;
        }
        return new Found(origins.getOrDefault(name, name), withUnit(value.trim(), unit));
    }

    /// A bare number takes the unit of its key: `10` of `LOG_MAX_SIZE_MB` is `10MiB`.
    static String withUnit(String text, String unit) {
        return text.chars().allMatch(Character::isDigit) ? text + unit : text;
    }

    private void expandListenAddress(String prefix) {
        String name = prefix + "LISTEN_ADDR";
        String value = variables.get(name);
        if (value == null) {
            return;
        }
        int colon = value.lastIndexOf(':');
        if (colon < 0) {
            problems.error(name, "\"" + value + "\" (expected: host:port or :port)");
            return;
        }
        if (colon > 0) {
            stand(name, prefix + "HOST", value.substring(0, colon));
        }
        stand(name, prefix + "PORT", value.substring(colon + 1));
    }

    private void stand(String origin, String name, String value) {
        if (variables.putIfAbsent(name, value) == null) {
            origins.put(name, origin);
        }
    }
}
