package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.StoreLocation;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.Extension.class)
class PostgresMigrationsTest extends MigrationsContract {
    private final StoreLocation.Postgres location;

    PostgresMigrationsTest(PostgresServer server) throws SQLException {
        location = server.newDatabase();
    }

    @Override
    Database open() {
        return PostgresDatabase.open(location, StorePool.DEFAULT);
    }
}
