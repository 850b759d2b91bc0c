package io.deltallm.policy.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.deltallm.policy.store.Blocking;
import io.deltallm.policy.store.StoreException;
import io.deltallm.policy.store.StoreLocation;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server behind a pool of connections. Thread-safe.
final class PostgresDatabase implements Database {
    /// A server that stops answering must not hold a thread for ever.
    private static final String SOCKET_TIMEOUT_SECONDS = "30";

    private final StoreLocation.Postgres location;
    private final HikariDataSource pool;

    private PostgresDatabase(StoreLocation.Postgres location, HikariDataSource pool) {
        this.location = location;
        this.pool = pool;
    }

    static PostgresDatabase open(StoreLocation.Postgres location, StorePool settings) {
        assert Blocking.allowed() : "the store was opened on an event loop";
        try {
            return new PostgresDatabase(location, new HikariDataSource(config(location, settings)));
        } catch (HikariPool.PoolInitializationException e) {
            throw Database.failed("open the store", location, e.getCause() == null ? e : e.getCause());
        }
    }

    private static HikariConfig config(StoreLocation.Postgres location, StorePool settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(location.jdbcUrl());
        config.setUsername(location.user());
        config.setPassword(location.password());
        config.setMaximumPoolSize(settings.size());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.addDataSourceProperty("ApplicationName", "deltallm");
        config.addDataSourceProperty(
                "connectTimeout", Long.toString(Math.max(1, settings.connectionTimeout().toSeconds())));
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    @Override
    public SqlFlavor flavor() {
        return SqlFlavor.POSTGRES;
    }

    @Override
    public <T extends @Nullable Object> T read(String what, SqlWork<T> work) {
        assert Blocking.allowed() : "the store was called on an event loop";
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(String what, SqlWork<T> work) {
        assert Blocking.allowed() : "the store was called on an event loop";
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            return transaction(connection, work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    private static <T extends @Nullable Object> T transaction(Connection connection, SqlWork<T> work)
            throws SQLException {
        try {
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static void rollback(Connection connection, Throwable reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private StoreException failed(String what, Throwable cause) {
        return Database.failed(what, location, cause);
    }

    @Override
    public void close() {
        pool.close();
    }
}
