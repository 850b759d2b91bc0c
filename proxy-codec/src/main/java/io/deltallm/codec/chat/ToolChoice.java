package io.deltallm.codec.chat;

import java.util.List;

/// Whether the model has to call a tool, and which.
public sealed interface ToolChoice {

    /// As it likes.
    record Auto() implements ToolChoice {}

    /// None, though tools are defined.
    record None() implements ToolChoice {}

    /// At least one.
    record Required() implements ToolChoice {}

    /// This one.
    record Named(String name) implements ToolChoice {}

    /// One of these; at least one if `required`.
    record Allowed(List<String> names, boolean required) implements ToolChoice {
        public Allowed {
            names = List.copyOf(names);
        }
    }
}
