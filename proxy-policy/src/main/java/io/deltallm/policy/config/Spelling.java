package io.deltallm.policy.config;

import java.util.ArrayList;
import java.util.List;

/// One way in which a setting may be written, or a trait of it.
sealed interface Spelling {

    /// Prefixes of environment variables, strongest first. The last stands for the bare name.
    List<String> PREFIXES = List.of("DELTALLM_", "PROXYLLM_", "LITELLM_", "");

    /// In the file.
    ///
    /// @param unit appended to a bare number, for keys that carry it in their name
    record InFile(String path, String unit) implements Spelling {}

    /// In the environment, below each of the [#PREFIXES] if `prefixed`.
    record InEnvironment(String name, boolean prefixed, String unit) implements Spelling {
        List<String> names() {
            return prefixed ? PREFIXES.stream().map(prefix -> prefix + name).toList() : List.of(name);
        }
    }

    /// A change needs a restart.
    record Restart() implements Spelling {}

    static Spelling file(String path) {
        return new InFile(path, "");
    }

    static Spelling file(String path, String unit) {
        return new InFile(path, unit);
    }

    static Spelling env(String name) {
        return new InEnvironment(name, true, "");
    }

    static Spelling env(String name, String unit) {
        return new InEnvironment(name, true, unit);
    }

    /// A variable that has only this one name.
    static Spelling only(String name) {
        return new InEnvironment(name, false, "");
    }

    static Spelling restart() {
        return new Restart();
    }

    /// `litellm_settings.x` is also `deltallm_settings.x`.
    static List<InFile> bothNames(InFile spelling) {
        List<InFile> all = new ArrayList<>(List.of(spelling));
        if (spelling.path().startsWith("litellm_settings.")) {
            all.add(new InFile("delta" + spelling.path().substring("lite".length()), spelling.unit()));
        }
        return all;
    }
}
