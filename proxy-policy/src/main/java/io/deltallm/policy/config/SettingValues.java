package io.deltallm.policy.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of every setting and where it came from. Immutable.
public final class SettingValues {
    static final String DEFAULT = "default";

    /// @param value null where there is none
    /// @param source `default`, `environment DELTALLM_PORT`, `line 3`, `--port`
    record Entry(@Nullable Object value, String source) {}

    static final SettingValues DEFAULTS = new SettingValues(Map.of());

    private final Map<Setting, Entry> entries = new EnumMap<>(Setting.class);

    /// @param given what was written; every other setting has its default
    SettingValues(Map<Setting, Entry> given) {
        for (Setting setting : Setting.values()) {
            Entry entry = given.get(setting);
            entries.put(setting, entry == null ? byDefault(setting) : entry);
        }
    }

    private static Entry byDefault(Setting setting) {
        String text = setting.defaultText();
        return new Entry(text.isEmpty() ? null : setting.form().read(text), DEFAULT);
    }

    /// `fresh`, but with these values of the settings that only a restart changes.
    SettingValues carriedInto(SettingValues fresh) {
        Map<Setting, Entry> all = new EnumMap<>(fresh.entries);
        entries.forEach((setting, entry) -> {
            if (setting.needsRestart()) {
                all.put(setting, entry);
            }
        });
        return new SettingValues(all);
    }

    @Nullable Object value(Setting setting) {
        return entry(setting).value();
    }

    String source(Setting setting) {
        return entry(setting).source();
    }

    /// The value as one would write it, secrets masked, `none` where there is none.
    String print(Setting setting) {
        Object value = value(setting);
        return value == null ? "none" : setting.form().print(value);
    }

    private Entry entry(Setting setting) {
        Entry entry = entries.get(setting);
        if (entry == null) {
            throw new IllegalStateException("every setting has an entry, but " + setting + " has none");
        }
        return entry;
    }

    private Object required(Setting setting) {
        Object value = value(setting);
        if (value == null) {
            throw new IllegalStateException(setting.path() + " has neither a value nor a default");
        }
        return value;
    }

    String text(Setting setting) {
        return (String) required(setting);
    }

    @Nullable String textOrNull(Setting setting) {
        return (String) value(setting);
    }

    Secret secret(Setting setting) {
        return (Secret) required(setting);
    }

    @Nullable Secret secretOrNull(Setting setting) {
        return (Secret) value(setting);
    }

    boolean flag(Setting setting) {
        return (Boolean) required(setting);
    }

    int whole(Setting setting) {
        return Math.toIntExact(amount(setting));
    }

    long amount(Setting setting) {
        return (Long) required(setting);
    }

    Duration span(Setting setting) {
        return (Duration) required(setting);
    }

    ByteSize size(Setting setting) {
        return (ByteSize) required(setting);
    }

    List<String> words(Setting setting) {
        return ((List<?>) required(setting)).stream().map(String.class::cast).toList();
    }

    /// The enum constant a choice names.
    <E extends Enum<E>> E constant(Setting setting, Class<E> type) {
        return Enum.valueOf(type, text(setting).toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
