package io.deltallm.policy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigSourceTest {
    private final ConfigReader reader = new ConfigReader();

    @TempDir
    private Path directory = Path.of("");

    private int port(Map<String, String> environment, @Nullable Path option) {
        ConfigResult result = reader.read(new ConfigSource(environment, directory, option), Overrides.NONE);
        return Objects.requireNonNull(result.config(), () -> result.problems().toString()).server().port();
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private void configs() throws IOException {
        file("named.yaml", "general: {master_key: k}\nserver: {port: 1}");
        file("pointed.yaml", "general: {master_key: k}\nserver: {port: 2}");
        file("config.yaml", "general: {master_key: k}\nserver: {port: 3}");
        file("config/config.yaml", "general: {master_key: k}\nserver: {port: 4}");
    }

    @Test
    void looksForTheFileInOrder() throws IOException {
        configs();
        Map<String, String> pointing = Map.of("DELTALLM_CONFIG_PATH", "pointed.yaml");

        assertThat(port(pointing, Path.of("named.yaml"))).isEqualTo(1);
        assertThat(port(pointing, null)).isEqualTo(2);
        assertThat(port(Map.of(), null)).isEqualTo(3);
        Files.delete(directory.resolve("config.yaml"));
        assertThat(port(Map.of(), null)).isEqualTo(4);
        assertThat(new ConfigSource(Map.of(), directory, null).file()).isEqualTo(directory.resolve("config/config.yaml"));
    }

    @Test
    void refusesANamedFileThatDoesNotExist() {
        ConfigSource source = new ConfigSource(Map.of("DELTALLM_MASTER_KEY", "k"), directory, Path.of("nope.yaml"));

        assertThat(reader.read(source, Overrides.NONE).errors())
                .containsExactly(ConfigProblem.error(
                        "--config", 0, directory.resolve("nope.yaml") + " does not exist (expected: a YAML file)"));
    }

    @Test
    void readsDotEnvBelowTheEnvironment() throws IOException {
        file(".env", """
                # comment
                export DELTALLM_MASTER_KEY="from file" # why
                DELTALLM_PORT=7
                DELTALLM_HOST=file # comment
                broken line
                """);
        ConfigSource source = new ConfigSource(Map.of("DELTALLM_PORT", "8"), directory, null);
        ConfigResult result = reader.read(source, Overrides.NONE);
        GatewayConfig config = Objects.requireNonNull(result.config());

        assertThat(config.keys().masterKey()).isEqualTo(new Secret("from file"));
        assertThat(config.server().port()).isEqualTo(8);
        assertThat(config.server().host()).isEqualTo("file");
        assertThat(result.warnings()).contains(ConfigProblem.warning(".env", 5, "ignored (expected: NAME=value)"));
    }

    @Test
    void startsWithoutAnyFile() {
        assertThat(port(Map.of("DELTALLM_MASTER_KEY", "k"), null)).isEqualTo(8000);
    }
}
