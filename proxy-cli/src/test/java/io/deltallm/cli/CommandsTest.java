package io.deltallm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommandsTest {
    @TempDir
    private Path directory;

    private Run run;

    @BeforeEach
    void open() {
        run = new Run(directory);
    }

    @Test
    void writesAStarterConfigurationThatPassesItsOwnCheck() throws IOException {
        assertThat(run.command("init")).isZero();

        Path file = directory.resolve("config.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(run.command("config", "check")).isZero();
        assertThat(run.out()).contains("config.yaml: ok");
    }

    @Test
    void doesNotOverwriteUnlessForced() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "model_list: []\n");

        assertThat(run.command("init", "mine.yaml")).isEqualTo(1);
        assertThat(run.err()).contains("mine.yaml", "--force");
        assertThat(file).hasContent("model_list: []\n");
        assertThat(run.command("init", "--force", "mine.yaml")).isZero();
        assertThat(file).content().contains("master_key");
    }

    @Test
    void reportsEveryProblemOfAConfigurationAtOnce() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), "server:\n  port: high\n  max_body: -1\n");

        assertThat(run.command("config", "check")).isEqualTo(1);
        assertThat(run.out()).contains("error: server.port", "error: server.max_body", "general.master_key", "3 errors");
    }

    @Test
    void namesAMissingFile() {
        assertThat(run.command("config", "check", "-c", "nowhere.yaml")).isEqualTo(1);
        assertThat(run.out()).contains("nowhere.yaml");
    }

    @Test
    void showsWhatIsInForceWithoutItsSecrets() throws IOException {
        Files.writeString(directory.resolve("config.yaml"), "general:\n  master_key: sk-very-secret\n");
        run.with("DELTALLM_PORT", "4321");

        assertThat(run.command("config", "show", "--effective")).isZero();
        assertThat(run.out()).contains("4321", "DELTALLM_PORT", "***").doesNotContain("sk-very-secret");
    }

    @Test
    void migratesOnceAndSaysWhatIsApplied() {
        assertThat(run.command("db", "status")).isEqualTo(1);
        assertThat(run.out()).contains("pending");
        assertThat(run.command("db", "migrate")).isZero();
        assertThat(run.out()).contains("applied 1");
        assertThat(run.command("db", "migrate")).isZero();
        assertThat(run.out()).contains("up to date");
        assertThat(run.command("db", "status")).isZero();
        assertThat(run.out()).contains("applied").doesNotContain("pending");
    }

    @Test
    void saysTwoForADatabaseUrlItCannotReadWithoutItsPassword() {
        run.with("DATABASE_URL", "mysql://somebody:hunter2@db/x");

        assertThat(run.command("db", "status")).isEqualTo(2);
        assertThat(run.err()).contains("expected: postgres://").doesNotContain("hunter2");
    }

    @Test
    void printsItsRelease() {
        assertThat(run.command("version")).isZero();
        assertThat(run.out()).matches("(?s)deltallm \\d+\\.\\d+.*java 25.*");
        assertThat(run.command("--version")).isZero();
        assertThat(run.out()).startsWith("deltallm ");
    }

    @Test
    void printsACompletionScript() {
        assertThat(run.command("completion")).isZero();
        assertThat(run.out()).contains("complete -F", "deltallm", "validate");
    }

    @Test
    void explainsWrongUsage() {
        assertThat(run.command("serve")).isEqualTo(2);
        assertThat(run.err()).contains("serve");
        assertThat(run.command("key")).isEqualTo(2);
        assertThat(run.command("server", "--port", "high")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "server", "init", "config check", "config show", "key create", "key list", "key revoke",
        "key validate", "db migrate", "db status", "version", "completion"})
    void everyCommandExplainsItself(String line) {
        String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThat(run.command(Stream.concat(Stream.of(words), Stream.of("--help")).toArray(String[]::new))).isZero();
        assertThat(run.out()).contains("Usage: deltallm " + line);
    }
}
