package io.deltallm.policy.store.jdbc;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresServer.Extension.class)
class PostgresKeyStoreTest extends KeyStoreContract {
    private final PostgresServer server;

    PostgresKeyStoreTest(PostgresServer server) {
        this.server = server;
    }

    @Override
    Database openEmpty() throws SQLException {
        return PostgresDatabase.open(server.newDatabase(), StorePool.DEFAULT);
    }
}
