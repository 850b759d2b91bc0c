package io.deltallm.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.deltallm.policy.config.LoggingSettings;
import io.deltallm.policy.config.LoggingSettings.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets Logback up in code, from the settings; no XML is looked for or parsed. Called by the command that starts the
/// server, before anything logs more than warnings.
public final class Logging {
    private Logging() {}

    /// Sends lines where the settings say.
    ///
    /// @param directory where relative file names begin
    public static void configure(LoggingSettings settings, Path directory) {
        LoggerContext context = context();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        OutputStreamAppender<ILoggingEvent> appender = settings.file() == null
                ? console()
                : file(context, settings, directory.resolve(settings.file()));
        appender.setContext(context);
        appender.setEncoder(encoder(context, settings.format()));
        appender.start();
        root.addAppender(appender);
        level(settings);
    }

    /// Puts only the level in force; what a reload may change.
    public static void level(LoggingSettings settings) {
        LoggerContext context = context();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(settings.level().name()));
        // Its debug lines are about its own classes, hundreds of them at a start.
        context.getLogger("io.netty").setLevel(Level.INFO);
        // Left to itself only with the root: an exchange's line is INFO.
        context.getLogger(LineLayout.ACCESS_LOGGER).setLevel(settings.access() ? null : Level.OFF);
    }

    /// Writes what is buffered and closes files.
    public static void close() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static LayoutWrappingEncoder<ILoggingEvent> encoder(LoggerContext context, Format format) {
        var layout = new LineLayout(format);
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    private static ConsoleAppender<ILoggingEvent> console() {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName("console");
        return console;
    }

    /// `file`, then `file.1` (newest) to `file.N`; with no backups wanted the file just grows.
    private static FileAppender<ILoggingEvent> file(LoggerContext context, LoggingSettings settings, Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the log's directory: " + e.getMessage(), e);
        }
        if (settings.maxBackups() == 0) {
            var plain = new FileAppender<ILoggingEvent>();
            plain.setFile(file.toString());
            return plain;
        }
        var rolling = new RollingFileAppender<ILoggingEvent>();
        rolling.setContext(context);
        rolling.setFile(file.toString());
        rolling.setTriggeringPolicy(trigger(context, settings));
        rolling.setRollingPolicy(backups(context, rolling, settings, file));
        return rolling;
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> trigger(LoggerContext context, LoggingSettings settings) {
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(settings.maxSize().bytes()));
        // Logback looks at the size once a minute otherwise, and a busy gateway writes far past it in between.
        trigger.setCheckIncrement(Duration.buildByMilliseconds(250));
        trigger.start();
        return trigger;
    }

    private static FixedWindowRollingPolicy backups(
            LoggerContext context, FileAppender<ILoggingEvent> parent, LoggingSettings settings, Path file) {
        var backups = new Backups();
        backups.setContext(context);
        backups.setParent(parent);
        // A percent sign of the file's own name would be read as a pattern's.
        backups.setFileNamePattern(file.toString().replace("%", "\\%") + ".%i");
        backups.setMinIndex(1);
        backups.setMaxIndex(settings.maxBackups());
        backups.start();
        return backups;
    }

    /// As many as were asked for; Logback's own limit of 20 is about its renaming one by one, which is cheap.
    private static final class Backups extends FixedWindowRollingPolicy {
        @Override
        protected int getMaxWindowSize() {
            return Integer.MAX_VALUE;
        }
    }
}
