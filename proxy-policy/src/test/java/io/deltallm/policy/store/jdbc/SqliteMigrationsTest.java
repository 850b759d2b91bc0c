package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.StoreLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMigrationsTest extends MigrationsContract {
    @TempDir
    private Path directory;

    @Override
    Database open() {
        return SqliteDatabase.open(new StoreLocation.Sqlite(directory.resolve("keys.db")));
    }
}
