package io.deltallm.cli.log;

import io.deltallm.policy.config.ByteSize;
import io.deltallm.policy.config.LoggingSettings;
import io.deltallm.policy.config.LoggingSettings.Format;
import io.deltallm.policy.config.LoggingSettings.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingTest {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);
    private static final Logger ACCESS = LoggerFactory.getLogger("deltallm.access");

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        Logging.close();
    }

    @Test
    void writesOneJsonObjectALineAndHidesSecrets() throws IOException {
        configure(Level.INFO, Format.JSON, 1);
        LOG.info("a \"quoted\" word and sk-abcdefghijklmnop");
        LOG.debug("unseen");

        assertThat(text()).matches("(?s)\\{\"time\":\"[^\"]+Z\",\"level\":\"INFO\",\"logger\":\"" + LoggingTest.class.getName()
                + "\",\"thread\":\"[^\"]+\",\"message\":\"a \\\\\"quoted\\\\\" word and sk-\\*\\*\\*\"}\n");
    }

    @Test
    void hidesSecretsInStackTraces() throws IOException {
        configure(Level.INFO, Format.TEXT, 1);
        LOG.error("it broke", new IllegalStateException("Authorization: Bearer abcdefghijklmnop"));

        assertThat(text()).contains("ERROR LoggingTest: it broke", "Bearer ***", "\tat ").doesNotContain("abcdefghijklmnop");
    }

    @Test
    void passesLinesOfTheAccessLogAsTheyAre() throws IOException {
        configure(Level.INFO, Format.JSON, 1);
        ACCESS.info("{\"status\":200}");

        assertThat(text()).isEqualTo("{\"status\":200}\n");
    }

    @Test
    void changesTheLevelWhileItRuns() throws IOException {
        configure(Level.WARN, Format.TEXT, 1);
        LOG.info("before");
        Logging.level(settings(Level.DEBUG, Format.TEXT, 1));
        LOG.debug("after");

        assertThat(text()).contains("after").doesNotContain("before");
    }

    @Test
    void leavesAccessLinesOutWhenTheyAreOff() throws IOException {
        configure(Level.INFO, Format.JSON, 1);
        Logging.level(new LoggingSettings(Level.INFO, Format.JSON, Path.of("a.log"), new ByteSize(1024), 1, false));
        ACCESS.info("{}");

        assertThat(text()).isEmpty();
    }

    @Test
    void appendsToTheFileOfTheRunBefore() throws IOException {
        configure(Level.INFO, Format.TEXT, 0);
        LOG.info("first");
        Logging.close();
        configure(Level.INFO, Format.TEXT, 0);
        LOG.info("second");

        assertThat(text()).contains("first", "second");
    }

    @ParameterizedTest
    @CsvSource({
        "nothing to hide, nothing to hide",
        "key sk-proj-abc_DEF-123456 end, key sk-*** end",
        "Authorization: bearer abcdef.ghijk, Authorization: bearer ***",
        "Basic dXNlcjpwYXNz, Basic ***",
        "postgres://me:hunter2@db/x, postgres://me:***@db/x",
        "http://host/path:1@x, http://host/path:1@x",
        "risk-assessment-of-tasks, risk-assessment-of-tasks"
    })
    void hidesWhatLooksLikeACredential(String text, String expected) {
        assertThat(SecretMask.hide(text)).isEqualTo(expected);
    }

    private void configure(Level level, Format format, int backups) {
        LoggingSettings settings = settings(level, format, backups);
        Logging.configure(settings, directory);
    }

    private static LoggingSettings settings(Level level, Format format, int backups) {
        return new LoggingSettings(level, format, Path.of("a.log"), new ByteSize(1024), backups, true);
    }

    private String text() throws IOException {
        return Files.readString(directory.resolve("a.log"));
    }
}
