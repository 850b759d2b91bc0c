package io.deltallm.policy.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which public model names a key may use. Immutable, thread-safe.
public sealed interface ModelAccess {
    ModelAccess ALL = new All();

    boolean mayUse(String model);

    /// Whether it leaves out no model.
    boolean unlimited();

    /// The list as written, for messages: `gpt-4o, claude-*`.
    String describe();

    /// @param names exact names and globs (`gpt-4*`); empty, `*` or `all-proxy-models` means every model
    static ModelAccess of(List<String> names) {
        if (names.isEmpty() || names.contains("*") || names.contains("all-proxy-models")) {
            return ALL;
        }
        return Listed.of(names);
    }

    /// Every configured model.
    record All() implements ModelAccess {
        @Override
        public boolean mayUse(String model) {
            return true;
        }

        @Override
        public boolean unlimited() {
            return true;
        }

        @Override
        public String describe() {
            return "*";
        }
    }

    /// Only what is listed.
    record Listed(List<String> names, Set<String> exact, List<Glob> globs) implements ModelAccess {
        public Listed {
            names = List.copyOf(names);
            exact = Set.copyOf(exact);
            globs = List.copyOf(globs);
        }

        static Listed of(List<String> names) {
            Set<String> exact = new HashSet<>();
            List<Glob> globs = new ArrayList<>();
            for (String name : names) {
                if (name.indexOf('*') < 0) {
                    exact.add(name);
                } else {
                    globs.add(new Glob(name));
                }
            }
            return new Listed(names, exact, globs);
        }

        @Override
        public boolean unlimited() {
            return false;
        }

        @Override
        public boolean mayUse(String model) {
            if (exact.contains(model)) {
                return true;
            }
            for (int i = 0; i < globs.size(); i++) {
                if (globs.get(i).matches(model)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String describe() {
            return String.join(", ", names);
        }
    }
}
