package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Lends connections. Thread-safe; blocks.
interface Database extends AutoCloseable {
    SqlFlavor flavor();

    /// Runs `work` on a connection that only reads, outside of a transaction.
    ///
    /// @param what for the error text, as in "could not *find a key*"
    <T extends @Nullable Object> T read(String what, SqlWork<T> work);

    /// Runs `work` in one transaction: all of it, or nothing if it throws.
    <T extends @Nullable Object> T write(String what, SqlWork<T> work);

    @Override
    void close();

    /// Some statements on one connection.
    @FunctionalInterface
    interface SqlWork<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    static StoreException failed(String what, Object where, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new StoreException("could not " + what + " (" + where + "): " + reason, cause);
    }
}
