package io.deltallm.policy.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A piece of a file as it was written, with its place. The tree is finite and has no aliases left in it.
sealed interface Written {
    /// `model_list[2].model_name`; empty for the whole file.
    String path();

    /// From 1.
    int line();

    /// What it is, for messages: `a list`.
    String kind();

    /// @param type what YAML takes it for
    record Scalar(String path, int line, String text, Type type) implements Written {
        @Override
        public String kind() {
            return "\"" + text + "\"";
        }

        boolean blank() {
            return type == Type.NULL || text.isBlank();
        }
    }

    record Sequence(String path, int line, List<Written> items) implements Written {
        @Override
        public String kind() {
            return "a list";
        }
    }

    record Mapping(String path, int line, SequencedMap<String, Written> entries) implements Written {
        @Override
        public String kind() {
            return "a mapping";
        }

        static Mapping empty(String path, int line) {
            return new Mapping(path, line, new LinkedHashMap<>());
        }
    }

    /// The types of YAML's core schema.
    enum Type {
        TEXT,
        WHOLE,
        DECIMAL,
        FLAG,
        NULL
    }
}
