package io.deltallm.policy.config;

import java.util.Map;

/// What a configuration is read from.
///
/// @param file the name of the file, for messages; empty where there is none
/// @param text what the file holds
/// @param environment the process's variables, those of `.env` included
public record ConfigInput(String file, String text, Map<String, String> environment, Overrides overrides) {
    public ConfigInput {
        environment = Map.copyOf(environment);
    }

    /// A text without a file, an environment or a command line.
    public static ConfigInput of(String text) {
        return new ConfigInput("", text, Map.of(), Overrides.NONE);
    }

    public ConfigInput withEnvironment(Map<String, String> other) {
        return new ConfigInput(file, text, other, overrides);
    }

    public ConfigInput withOverrides(Overrides other) {
        return new ConfigInput(file, text, environment, other);
    }

    /// Never the text nor the environment: both may hold secrets.
    @Override
    public String toString() {
        return "ConfigInput[" + file + "]";
    }
}
