package io.deltallm.policy.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What reading a configuration gave: the settings, unless an error prevents it, and every problem found.
///
/// @param config null exactly if one of the problems is an error
/// @param problems errors first, then warnings, each in the order of the file
public record ConfigResult(@Nullable GatewayConfig config, List<ConfigProblem> problems) {
    public ConfigResult {
        problems = problems.stream().sorted(ConfigProblem.BY_PLACE).toList();
        if ((config == null) != problems.stream().anyMatch(ConfigProblem::isError)) {
            throw new IllegalArgumentException("a configuration is absent exactly if there is an error: " + problems);
        }
    }

    public List<ConfigProblem> errors() {
        return problems.stream().filter(ConfigProblem::isError).toList();
    }

    public List<ConfigProblem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }
}
