package io.deltallm.policy.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where keys are kept.
///
/// @param url a PostgreSQL URL (it may hold a password, hence secret); null means SQLite at `path`
/// @param path the SQLite file
/// @param poolSize connections to PostgreSQL
/// @param connectionTimeout how long one is waited for
public record StoreSettings(@Nullable Secret url, Path path, int poolSize, Duration connectionTimeout) {
    static StoreSettings of(SettingValues values) {
        return new StoreSettings(
                values.secretOrNull(Setting.DATABASE_URL),
                Path.of(values.text(Setting.DATABASE_PATH)),
                values.whole(Setting.DATABASE_POOL_SIZE),
                values.span(Setting.DATABASE_TIMEOUT));
    }
}
