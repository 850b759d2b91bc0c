package io.deltallm.policy.config;

import java.util.List;

/// What came of an attempt to reload.
public sealed interface ReloadResult {
    List<ConfigProblem> problems();

    /// The next snapshot; `problems` are warnings, among them the changes that wait for a restart.
    record Reloaded(Snapshot snapshot, List<ConfigProblem> problems) implements ReloadResult {
        public Reloaded {
            problems = List.copyOf(problems);
        }
    }

    /// Nothing changes; `problems` say why.
    record Rejected(List<ConfigProblem> problems) implements ReloadResult {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
