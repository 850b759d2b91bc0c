package io.deltallm.policy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a configuration is looked for: the option, `DELTALLM_CONFIG_PATH`, then a few usual places; and `.env` beside
/// the working directory's files, whose variables count where the environment has none of the name. Blocks on files.
///
/// @param environment the process's variables
/// @param workingDirectory where relative paths begin
/// @param option the file named on the command line
public record ConfigSource(Map<String, String> environment, Path workingDirectory, @Nullable Path option) {
    private static final List<String> USUAL_PLACES =
            List.of("config.yaml", "config/config.yaml", "/etc/deltallm/config.yaml");

    public ConfigSource {
        environment = Map.copyOf(environment);
    }

    /// The file that would be read, null if there is none; a file somebody named is returned whether it exists or not.
    public @Nullable Path file() {
        return place(variables(new Problems())).file();
    }

    /// Where `.env` would be.
    public Path dotEnv() {
        return workingDirectory.resolve(".env");
    }

    /// The input, with problems where a file cannot be read.
    ConfigInput read(Overrides overrides, Problems problems) {
        Map<String, String> variables = variables(problems);
        Place place = place(variables);
        Path file = place.file();
        if (file == null) {
            return new ConfigInput("", "", variables, overrides);
        }
        if (!Files.exists(file)) {
            problems.error(place.namedBy(), file + " does not exist (expected: a YAML file)");
            return new ConfigInput(file.toString(), "", variables, overrides);
        }
        return new ConfigInput(file.toString(), text(file, problems), variables, overrides);
    }

    /// @param namedBy the option or variable that names it; empty for a usual place
    private record Place(@Nullable Path file, String namedBy) {}

    private Place place(Map<String, String> variables) {
        if (option != null) {
            return new Place(workingDirectory.resolve(option), "--config");
        }
        for (String prefix : Spelling.PREFIXES) {
            String named = variables.getOrDefault(prefix + "CONFIG_PATH", "");
            if (!named.isBlank()) {
                return new Place(workingDirectory.resolve(named), prefix + "CONFIG_PATH");
            }
        }
        return USUAL_PLACES.stream()
                .map(workingDirectory::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> new Place(file, ""))
                .orElse(new Place(null, ""));
    }

    private Map<String, String> variables(Problems problems) {
        Map<String, String> all = new HashMap<>();
        if (Files.isRegularFile(dotEnv())) {
            all.putAll(DotEnv.read(".env", text(dotEnv(), problems), problems));
        }
        all.putAll(environment);
        return all;
    }

    private static String text(Path file, Problems problems) {
        try {
            if (Files.size(file) > YamlFile.MAX_CHARACTERS) {
                problems.error(file.toString(), "too large (expected: at most " + new ByteSize(YamlFile.MAX_CHARACTERS) + ")");
                return "";
            }
            return Files.readString(file);
        } catch (IOException e) {
            problems.error(file.toString(), "cannot be read: " + e);
            return "";
        }
    }
}
