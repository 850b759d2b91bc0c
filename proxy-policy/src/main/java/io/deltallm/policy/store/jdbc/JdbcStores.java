package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.store.StoreException;
import io.deltallm.policy.store.StoreLocation;
import java.time.InstantSource;

/// The stores of one database. Open it once, migrate, use, close. Thread-safe; every method blocks.
///
/// ```java
/// try (JdbcStores stores = JdbcStores.open(StoreLocation.of(databaseUrl, path), StorePool.DEFAULT)) {
///     stores.migrations().migrate();
///     stores.keys().insert(issued.keyRecord());
/// }
/// ```
public final class JdbcStores implements AutoCloseable {
    private final Database database;
    private final Migrations migrations;
    private final KeyStore keys;

    private JdbcStores(Database database) {
        this.database = database;
        this.migrations = new Migrations(database, Migration.ALL, InstantSource.system());
        this.keys = new JdbcKeyStore(database, InstantSource.system());
    }

    /// Connects. A SQLite file, and its directory, are made if missing, readable by their owner only.
    ///
    /// @throws StoreException if the database cannot be reached or opened
    public static JdbcStores open(StoreLocation location, StorePool pool) {
        return new JdbcStores(switch (location) {
            case StoreLocation.Sqlite sqlite -> SqliteDatabase.open(sqlite);
            case StoreLocation.Postgres postgres -> PostgresDatabase.open(postgres, pool);
        });
    }

    public Migrations migrations() {
        return migrations;
    }

    public KeyStore keys() {
        return keys;
    }

    /// Asks the database for a sign of life, for the readiness probe.
    ///
    /// @throws StoreException if there is none
    public void ping() {
        database.read("reach the database", connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("SELECT 1");
            }
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
