package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.Blocking;
import io.deltallm.policy.store.StoreException;
import io.deltallm.policy.store.StoreLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// A SQLite file in WAL mode: one thread writes, a few connections read beside it. Thread-safe.
///
/// A call into SQLite holds its carrier thread, so that writes (which may wait for the disk, or for another process) get a
/// platform thread of their own, `store-writer`; reads are few and short. Transactions begin as writers (`IMMEDIATE`):
/// one that begins as a reader and writes later fails at once when another process writes, whatever the busy timeout.
final class SqliteDatabase implements Database {
    private static final int READERS = 2;
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final Path file;
    private final Connection writer;
    private final ExecutorService writerThread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("store-writer").factory());
    private final ConcurrentLinkedQueue<Connection> idleReaders = new ConcurrentLinkedQueue<>();
    private final Semaphore readers = new Semaphore(READERS);
    private volatile boolean closed;

    private SqliteDatabase(Path file, Connection writer) {
        this.file = file;
        this.writer = writer;
    }

    static SqliteDatabase open(StoreLocation.Sqlite location) {
        assert Blocking.allowed() : "the store was opened on an event loop";
        Path file = location.file().toAbsolutePath();
        try {
            OwnerOnly.createFile(file);
            return new SqliteDatabase(file, connect(file));
        } catch (IOException | SQLException e) {
            throw Database.failed("open the store", location, e);
        }
    }

    @Override
    public SqlFlavor flavor() {
        return SqlFlavor.SQLITE;
    }

    @Override
    public <T extends @Nullable Object> T read(String what, SqlWork<T> work) {
        assert Blocking.allowed() : "the store was called on an event loop";
        readers.acquireUninterruptibly();
        try {
            if (closed) {
                throw new SQLException("the store is closed");
            }
            Connection idle = idleReaders.poll();
            Connection connection = idle != null ? idle : connect(file);
            try {
                return work.run(connection);
            } finally {
                idleReaders.add(connection);
            }
        } catch (SQLException e) {
            throw failed(what, e);
        } finally {
            readers.release();
        }
    }

    @Override
    public <T extends @Nullable Object> T write(String what, SqlWork<T> work) {
        assert Blocking.allowed() : "the store was called on an event loop";
        try {
            return writerThread.submit(() -> transaction(work)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException refused) {
                throw refused;
            }
            throw failed(what, e.getCause() == null ? e : e.getCause());
        } catch (RejectedExecutionException e) {
            throw failed(what, new SQLException("the store is closed", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(what, e);
        }
    }

    private <T extends @Nullable Object> T transaction(SqlWork<T> work) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                T result = work.run(writer);
                statement.execute("COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(statement, e);
                throw e;
            }
        }
    }

    private static void rollback(Statement statement, Throwable reason) {
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, as after a full disk.
            reason.addSuppressed(e);
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        Properties properties = config.toProperties();
        return JDBC.createConnection("jdbc:sqlite:" + file, properties);
    }

    private StoreException failed(String what, Throwable cause) {
        return Database.failed(what, "SQLite at " + file, cause);
    }

    /// Waits for what is under way. The last connection to close folds the write-ahead log into the file.
    @Override
    public void close() {
        writerThread.close();
        readers.acquireUninterruptibly(READERS);
        closed = true;
        try {
            for (Connection reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
                reader.close();
            }
            writer.close();
        } catch (SQLException e) {
            throw failed("close the store", e);
        } finally {
            readers.release(READERS);
        }
    }
}
