package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.StoreLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// A real PostgreSQL, started once for all tests and stopped after the last; a test that takes one as a parameter makes
/// itself an empty database in it. Runs for ordinary users, and for root (which PostgreSQL refuses to run as, so it is
/// started in a user namespace where it has another name).
public final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer() {
        try {
            // Durability is not what is tested here.
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("shared_buffers", "16MB")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /// Where a new, empty database is.
    public StoreLocation.Postgres newDatabase() throws SQLException {
        String name = "test_" + databases.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new StoreLocation.Postgres(
                "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name, "postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /// Hands the server to tests.
    public static final class Extension implements ParameterResolver {
        private static final Namespace NAMESPACE = Namespace.create(PostgresServer.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == PostgresServer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                    .computeIfAbsent(PostgresServer.class, _ -> new PostgresServer(), PostgresServer.class);
        }
    }
}
