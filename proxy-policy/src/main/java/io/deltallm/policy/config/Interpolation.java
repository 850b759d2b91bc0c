package io.deltallm.policy.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts variables in the place of their names: `${VAR}`, `${VAR:-default}` and, for a whole value, `os.environ/VAR`.
final class Interpolation {
    private static final String WHOLE = "os.environ/";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

    private final Map<String, String> environment;

    Interpolation(Map<String, String> environment) {
        this.environment = environment;
    }

    Map<String, String> environment() {
        return environment;
    }

    /// @param text with every reference replaced
    /// @param missing the first variable without a value and without a default; then `text` means nothing
    record Resolved(String text, @Nullable String missing) {}

    Resolved resolve(String text) {
        if (text.startsWith(WHOLE)) {
            return variable(text.substring(WHOLE.length()).trim());
        }
        if (text.indexOf("${") < 0) {
            return new Resolved(text, null);
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = valueOf(matcher.group(1));
            String replacement = value != null ? value : matcher.group(2);
            if (replacement == null) {
                return new Resolved("", matcher.group(1));
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(replacement));
        }
        return new Resolved(matcher.appendTail(out).toString(), null);
    }

    /// The value of a variable named outright, as `api_key_env` does.
    Resolved variable(String name) {
        String value = valueOf(name);
        return value == null ? new Resolved("", name) : new Resolved(value, null);
    }

    /// Null if unset or empty: an empty variable is one that somebody forgot to fill.
    @Nullable String valueOf(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
