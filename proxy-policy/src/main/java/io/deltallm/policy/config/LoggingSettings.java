package io.deltallm.policy.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is logged, how, and where.
///
/// @param file null means standard output
/// @param maxSize a file is rotated when it is as large
/// @param maxBackups rotated files that are kept
/// @param access whether each exchange leaves a line
public record LoggingSettings(
        Level level, Format format, @Nullable Path file, ByteSize maxSize, int maxBackups, boolean access) {

    /// From everything to nearly nothing.
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /// How a line looks.
    public enum Format {
        JSON,
        TEXT
    }

    static LoggingSettings of(SettingValues values) {
        String file = values.textOrNull(Setting.LOG_FILE);
        return new LoggingSettings(
                values.constant(Setting.LOG_LEVEL, Level.class),
                values.constant(Setting.LOG_FORMAT, Format.class),
                file == null ? null : Path.of(file),
                values.size(Setting.LOG_MAX_SIZE),
                values.whole(Setting.LOG_MAX_BACKUPS),
                values.flag(Setting.LOG_ACCESS));
    }
}
