package io.deltallm.policy.config;

import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import org.jspecify.annotations.Nullable;

/// The keys of one mapping, read one by one; what is wrong with them is reported under their own paths.
record Parameters(Mapping mapping, Interpolation interpolation, Problems problems) {

    @Nullable Written entry(String key) {
        return mapping.entries().get(key);
    }

    boolean has(String key) {
        return raw(key) != null;
    }

    /// As it was written, null where nothing was; with its references still in it.
    @Nullable Scalar raw(String key) {
        return entry(key) instanceof Scalar scalar && !scalar.blank() ? scalar : null;
    }

    /// With its references resolved; null where there is nothing, or nothing sound, which is reported.
    @Nullable Scalar text(String key) {
        Written written = entry(key);
        if (!(written instanceof Scalar scalar)) {
            if (written != null) {
                problems.wrong(written, "text");
            }
            return null;
        }
        Resolved resolved = scalar.blank() ? null : resolve(scalar);
        return resolved == null || resolved.text().isBlank()
                ? null
                : new Scalar(scalar.path(), scalar.line(), resolved.text(), scalar.type());
    }

    @Nullable Scalar requiredText(String key) {
        Scalar text = text(key);
        if (text == null && !has(key)) {
            problems.error(mapping, key + " is missing (expected: text)");
        }
        return text;
    }

    /// The value of a form; null where there is none, or none of that form, which is reported.
    @Nullable Object value(String key, Form form) {
        Scalar scalar = text(key);
        Object value = scalar == null ? null : form.read(scalar.text());
        if (scalar != null && value == null) {
            Scalar raw = raw(key);
            // As it is written, not as it resolves: a variable may hold more than belongs into a message.
            problems.wrong(raw == null ? scalar : raw, form.expected());
        }
        return value;
    }

    /// Null where a variable is missing, which is reported.
    @Nullable Resolved resolve(Scalar scalar) {
        Resolved resolved = interpolation.resolve(scalar.text());
        if (resolved.missing() == null) {
            return resolved;
        }
        problems.error(scalar, "the variable " + resolved.missing() + " is not set");
        return null;
    }
}
