package io.deltallm.policy.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the shared files of AWS's tools: sections in brackets, settings with `=`, comments after `#` and `;`.
final class IniFile {

    private IniFile() {}

    /// Settings by section; nothing where there is no file. A section `profile x` is called `x`.
    static Map<String, Map<String, String>> read(Path file) throws IOException {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        if (!Files.isReadable(file)) {
            return sections;
        }
        Map<String, String> section = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                section = sections.computeIfAbsent(name(text), _ -> new LinkedHashMap<>());
            } else if (isSetting(line)) {
                int equals = text.indexOf('=');
                section.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
            }
        }
        return sections;
    }

    private static String name(String bracketed) {
        String name = bracketed.substring(1, bracketed.length() - 1).strip();
        return name.startsWith("profile ") ? name.substring("profile ".length()).strip() : name;
    }

    /// Indented lines belong to a setting of several, none of which are looked for.
    private static boolean isSetting(String line) {
        return line.indexOf('=') > 0 && "#; \t".indexOf(line.charAt(0)) < 0;
    }
}
