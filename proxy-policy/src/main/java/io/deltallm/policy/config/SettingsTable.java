package io.deltallm.policy.config;

import io.deltallm.policy.config.Spelling.InEnvironment;
import io.deltallm.policy.config.Spelling.InFile;
import java.util.List;
import java.util.stream.Collectors;

/// Prints the table of settings for the documentation, from [Setting].
public final class SettingsTable {
    private SettingsTable() {}

    /// A Markdown table, one row a setting.
    public static String markdown() {
        StringBuilder out = new StringBuilder();
        out.append("| Setting | Default | Expected | Meaning | Also written | Variable |\n");
        out.append("|---|---|---|---|---|---|\n");
        for (Setting setting : Setting.values()) {
            String restart = setting.needsRestart() ? " (restart)" : "";
            out.append("| `").append(setting.path()).append("` | ")
                    .append(setting.defaultText().isEmpty() ? "none" : "`" + setting.defaultText() + "`").append(" | ")
                    .append(setting.form().expected()).append(" | ")
                    .append(setting.meaning()).append(restart).append(" | ")
                    .append(spellings(setting)).append(" | ")
                    .append(variables(setting)).append(" |\n");
        }
        return out.toString();
    }

    private static String spellings(Setting setting) {
        List<InFile> others = setting.inFile().subList(1, setting.inFile().size());
        return others.stream().map(spelling -> "`" + spelling.path() + "`").collect(Collectors.joining(", "));
    }

    private static String variables(Setting setting) {
        return setting.inEnvironment().stream().map(SettingsTable::variable).collect(Collectors.joining(", "));
    }

    private static String variable(InEnvironment spelling) {
        return "`" + (spelling.prefixed() ? "*" : "") + spelling.name() + "`";
    }
}
