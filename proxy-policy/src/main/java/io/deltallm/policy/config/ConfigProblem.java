package io.deltallm.policy.config;

import java.util.Comparator;

/// Something wrong, or worth knowing, about a configuration.
///
/// @param severity whether the gateway can start in spite of it
/// @param path where, in the spelling of the file: `model_list[2].litellm_params.weight`; or a variable, or a file
/// @param line the line in the file, from 1; 0 where there is none
/// @param message what was found and what was expected; never a secret
public record ConfigProblem(Severity severity, String path, int line, String message) {
    /// As one would read the file.
    public static final Comparator<ConfigProblem> BY_PLACE =
            Comparator.comparing(ConfigProblem::severity).thenComparingInt(ConfigProblem::line);

    /// What a problem prevents.
    public enum Severity {
        /// Nothing starts, nothing is reloaded.
        ERROR,
        /// It works, but perhaps not as meant.
        WARNING
    }

    public static ConfigProblem error(String path, int line, String message) {
        return new ConfigProblem(Severity.ERROR, path, line, message);
    }

    public static ConfigProblem warning(String path, int line, String message) {
        return new ConfigProblem(Severity.WARNING, path, line, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// `model_list[2].weight: -1 (expected: > 0) [line 14]`.
    @Override
    public String toString() {
        return path + ": " + message + (line > 0 ? " [line " + line + "]" : "");
    }
}
