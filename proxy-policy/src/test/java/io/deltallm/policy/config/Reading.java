package io.deltallm.policy.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One reading of a text, for tests: `reading("server: {port: 1}").with("OPENAI_API_KEY", "sk-1")`.
record Reading(String text, Map<String, String> environment, Overrides overrides) {
    private static final ConfigReader READER = new ConfigReader();

    static Reading reading(String text) {
        return new Reading(text, Map.of(), Overrides.NONE);
    }

    /// With a master key and a salt, so that nothing is missed but what the test is about.
    static Reading sound(String text) {
        return reading(text).with("DELTALLM_MASTER_KEY", "sk-master").with("DELTALLM_SALT_KEY", "salt");
    }

    Reading with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Reading(text, more, overrides);
    }

    Reading with(Overrides other) {
        return new Reading(text, environment, other);
    }

    ConfigResult result() {
        return READER.read(new ConfigInput("config.yaml", text, environment, overrides));
    }

    GatewayConfig config() {
        ConfigResult result = result();
        return Objects.requireNonNull(result.config(), () -> "errors: " + result.problems());
    }

    List<String> errors() {
        return result().errors().stream().map(ConfigProblem::toString).toList();
    }

    List<String> warnings() {
        return result().warnings().stream().map(ConfigProblem::toString).toList();
    }
}
