package io.deltallm.policy.config;

import io.deltallm.policy.config.Interpolation.Resolved;
import io.deltallm.policy.config.SettingValues.Entry;
import io.deltallm.policy.config.Spelling.InFile;
import io.deltallm.policy.config.Written.Mapping;
import io.deltallm.policy.config.Written.Scalar;
import io.deltallm.policy.config.Written.Sequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives each row of [Setting] its value: from the command line, else from the environment, else from the file.
final class SettingReader {
    private final Mapping root;
    private final EnvironmentSettings environment;
    private final Interpolation interpolation;
    private final Problems problems;
    private final Map<Setting, Entry> found = new EnumMap<>(Setting.class);

    SettingReader(Mapping root, Map<String, String> environment, Problems problems) {
        this.root = root;
        this.environment = new EnvironmentSettings(environment, problems);
        this.interpolation = new Interpolation(environment);
        this.problems = problems;
    }

    SettingValues read(Overrides overrides) {
        for (Setting setting : Setting.values()) {
            Entry fromEnvironment = fromEnvironment(setting);
            Entry fromFile = fromFile(setting, fromEnvironment != null);
            Entry entry = fromEnvironment != null ? fromEnvironment : fromFile;
            if (entry != null) {
                found.put(setting, entry);
            }
        }
        override(overrides);
        return new SettingValues(found);
    }

    private void override(Overrides overrides) {
        Integer port = overrides.port();
        Integer threads = overrides.eventLoopThreads();
        override(Setting.HOST, overrides.host(), "--host");
        override(Setting.PORT, port == null ? null : port.toString(), "--port");
        override(Setting.EVENT_LOOP_THREADS, threads == null ? null : threads.toString(), "--event-loop-threads");
        override(Setting.INSECURE_NO_AUTH, overrides.insecureNoAuth() ? "true" : null, "--insecure-no-auth");
        Overrides.Demo demo = overrides.demo();
        if (demo != null) {
            suggest(demo);
        }
    }

    private void suggest(Overrides.Demo demo) {
        found.putIfAbsent(Setting.MASTER_KEY, new Entry(demo.masterKey(), "--demo"));
        if (demo.terminal() && !found.containsKey(Setting.LOG_FILE) && !found.containsKey(Setting.LOG_FORMAT)) {
            override(Setting.LOG_FORMAT, "text", "--demo");
        }
    }

    private void override(Setting setting, @Nullable String text, String option) {
        if (text == null) {
            return;
        }
        Object value = setting.form().read(text);
        if (value == null) {
            problems.error(option, "\"" + text + "\" (expected: " + setting.form().expected() + ")");
        } else {
            found.put(setting, new Entry(value, option));
        }
    }

    private @Nullable Entry fromEnvironment(Setting setting) {
        EnvironmentSettings.Found variable = environment.find(setting);
        if (variable == null) {
            return null;
        }
        Object value = setting.form().read(variable.text());
        if (value == null) {
            String shown = setting.secret() ? "***" : "\"" + variable.text() + "\"";
            problems.error(variable.variable(), shown + " (expected: " + setting.form().expected() + ")");
            return null;
        }
        return new Entry(value, "environment " + variable.variable());
    }

    /// The first spelling that is used; a second one that says something else is warned of.
    private @Nullable Entry fromFile(Setting setting, boolean overridden) {
        Entry first = null;
        Written firstAt = null;
        for (InFile spelling : setting.inFile()) {
            Written at = at(spelling.path());
            Entry entry = at == null ? null : read(setting, spelling, at, overridden);
            if (at == null || entry == null) {
                continue;
            }
            if (first == null || firstAt == null) {
                first = entry;
                firstAt = at;
            } else if (!String.valueOf(first.value()).equals(String.valueOf(entry.value())) || setting.secret()) {
                problems.warn(at, "ignored, since " + firstAt.path() + " (line " + firstAt.line() + ") says the same setting");
            }
        }
        return first;
    }

    private @Nullable Entry read(Setting setting, InFile spelling, Written at, boolean overridden) {
        Object value = switch (at) {
            case Scalar scalar when scalar.blank() -> null;
            case Scalar scalar -> fromScalar(setting, spelling, scalar, overridden);
            case Sequence sequence when setting.form() instanceof Form.Words -> words(sequence);
            case Sequence _, Mapping _ -> wrong(setting, at);
        };
        return value == null ? null : new Entry(value, "line " + at.line());
    }

    private @Nullable Object fromScalar(Setting setting, InFile spelling, Scalar scalar, boolean overridden) {
        Resolved resolved = interpolation.resolve(scalar.text());
        if (resolved.missing() != null) {
            if (!overridden) {
                problems.error(scalar, "the variable " + resolved.missing() + " is not set (expected: "
                        + setting.form().expected() + ")");
            }
            return null;
        }
        if (resolved.text().isBlank()) {
            return null;
        }
        Object value = setting.form().read(EnvironmentSettings.withUnit(resolved.text(), spelling.unit()));
        return value == null ? wrong(setting, scalar) : value;
    }

    private @Nullable Object wrong(Setting setting, Written at) {
        if (setting.secret()) {
            problems.wrongSecret(at, setting.form().expected());
        } else {
            problems.wrong(at, setting.form().expected());
        }
        return null;
    }

    private List<String> words(Sequence sequence) {
        List<String> words = new ArrayList<>();
        for (Written item : sequence.items()) {
            if (item instanceof Scalar scalar) {
                words.add(interpolation.resolve(scalar.text()).text());
            } else {
                problems.wrong(item, "text");
            }
        }
        return List.copyOf(words);
    }

    /// What stands at a dotted path, null if nothing does.
    private @Nullable Written at(String path) {
        Written at = root;
        for (String name : path.split("\\.")) {
            at = at instanceof Mapping mapping ? mapping.entries().get(name) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }
}
