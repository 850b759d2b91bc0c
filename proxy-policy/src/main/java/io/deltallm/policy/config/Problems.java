package io.deltallm.policy.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong, so that everything is reported at once, and once only. Confined to one reading.
final class Problems {
    private final Set<ConfigProblem> all = new LinkedHashSet<>();

    /// `port: "x" (expected: a whole number)`.
    void wrong(Written at, String expected) {
        error(at, found(at) + " (expected: " + expected + ")");
    }

    /// Like [#wrong], but does not show what was found.
    void wrongSecret(Written at, String expected) {
        error(at, (at instanceof Written.Scalar ? "***" : at.kind()) + " (expected: " + expected + ")");
    }

    private static String found(Written at) {
        return at instanceof Written.Scalar(_, _, var text, var type) && type != Written.Type.TEXT ? text : at.kind();
    }

    void error(Written at, String message) {
        all.add(ConfigProblem.error(at.path(), at.line(), message));
    }

    void warn(Written at, String message) {
        all.add(ConfigProblem.warning(at.path(), at.line(), message));
    }

    /// For what is not in the file: a variable, an option, a setting that is missing.
    void error(String place, String message) {
        all.add(ConfigProblem.error(place, 0, message));
    }

    void warn(String place, String message) {
        all.add(ConfigProblem.warning(place, 0, message));
    }

    void add(ConfigProblem problem) {
        all.add(problem);
    }

    boolean hasErrors() {
        return all.stream().anyMatch(ConfigProblem::isError);
    }

    List<ConfigProblem> all() {
        return List.copyOf(all);
    }
}
