package io.deltallm.policy.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the store is.
public sealed interface StoreLocation {
    /// A file of this machine, made on first use.
    record Sqlite(Path file) implements StoreLocation {
        @Override
        public String toString() {
            return "SQLite at " + file;
        }
    }

    /// A PostgreSQL server.
    ///
    /// @param jdbcUrl without user and password
    record Postgres(String jdbcUrl, @Nullable String user, @Nullable String password) implements StoreLocation {
        /// Fit for messages: no password, no parameters.
        @Override
        public String toString() {
            int query = jdbcUrl.indexOf('?');
            return "PostgreSQL at " + (query < 0 ? jdbcUrl : jdbcUrl.substring(0, query));
        }
    }

    /// PostgreSQL where there is a URL, else SQLite.
    ///
    /// @param databaseUrl `postgres://user:password@host:port/database?parameters`, `postgresql://…`,
    ///     `jdbc:postgresql://…`, or `sqlite:path`; null or blank for none
    /// @throws IllegalArgumentException for any other URL; the message does not repeat it, it may hold a password
    static StoreLocation of(@Nullable String databaseUrl, Path sqliteFile) {
        return databaseUrl == null || databaseUrl.isBlank()
                ? new Sqlite(sqliteFile)
                : DatabaseUrl.parse(databaseUrl.strip());
    }
}
