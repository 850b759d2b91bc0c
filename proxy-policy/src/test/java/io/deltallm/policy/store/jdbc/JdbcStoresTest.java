package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.limit.ManualClock;
import io.deltallm.policy.store.KeyFactory;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyTerms;
import io.deltallm.policy.store.NonBlockingThread;
import io.deltallm.policy.store.StoreException;
import io.deltallm.policy.store.StoreLocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(PostgresServer.Extension.class)
class JdbcStoresTest {
    private static final StorePool IMPATIENT = new StorePool(1, Duration.ofMillis(250));

    @TempDir
    private Path directory;

    @Test
    void makesTheFileAndItsDirectoriesForTheirOwnerOnly() throws Exception {
        Path parent = directory.resolve("new");
        Path file = parent.resolve("data").resolve("keys.db");

        try (JdbcStores stores = open(file)) {
            stores.migrations().migrate();

            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(parent.resolve("data"))).isEqualTo("rwx------");
            assertThat(permissions(parent)).isEqualTo("rwx------");
            assertThat(permissions(file.resolveSibling("keys.db-wal"))).isEqualTo("rw-------");
        }
    }

    @Test
    void keepsKeysFromOneStartToTheNext() {
        Path file = directory.resolve("keys.db");
        KeyRecord key = aKey();
        try (JdbcStores stores = open(file)) {
            stores.migrations().migrate();
            stores.keys().insert(key);
        }

        try (JdbcStores stores = open(file)) {
            assertThat(stores.migrations().migrate()).isEmpty();
            assertThat(stores.keys().find(key.hash())).isEqualTo(key);
        }
        assertThat(file.resolveSibling("keys.db-wal")).doesNotExist();
    }

    @Test
    void twoProcessesSeeEachOthersKeys() {
        Path file = directory.resolve("keys.db");
        KeyRecord key = aKey();
        try (JdbcStores gateway = open(file);
                JdbcStores commandLine = open(file)) {
            gateway.migrations().migrate();
            long version = gateway.keys().version();

            commandLine.keys().insert(key);

            assertThat(gateway.keys().changesSince(version).hashes()).containsExactly(key.hash());
            assertThat(gateway.keys().find(key.hash())).isEqualTo(key);
        }
    }

    @Test
    void saysWhichFileIsNoDatabase() throws Exception {
        Path file = Files.writeString(directory.resolve("notes.txt"), "not a database at all, but long enough");

        assertThatThrownBy(() -> open(file).migrations().migrate())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("SQLite at " + file);
    }

    @Test
    void saysThatItIsClosed() {
        JdbcStores stores = open(directory.resolve("keys.db"));
        stores.close();

        assertThatThrownBy(() -> stores.migrations().migrate())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store is closed");
        assertThatThrownBy(() -> stores.keys().version())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the store is closed");
        stores.close();
    }

    @Test
    void givesASignOfLife(PostgresServer server) throws SQLException {
        try (JdbcStores sqlite = open(directory.resolve("keys.db"));
                JdbcStores postgres = JdbcStores.open(server.newDatabase(), StorePool.DEFAULT)) {
            sqlite.ping();
            postgres.ping();
        }
    }

    @Test
    void saysWhichServerItCannotReachWithoutThePassword() {
        // Port 1 of this machine: nothing listens there, and no name is looked up.
        StoreLocation location = StoreLocation.of("postgres://me:secret@127.0.0.1:1/keys", directory);

        assertThatThrownBy(() -> JdbcStores.open(location, IMPATIENT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("could not open the store (PostgreSQL at jdbc:postgresql://127.0.0.1:1/keys)")
                .hasStackTraceContaining("refused")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret"));
    }

    @Test
    void refusesToBeCalledOnAnEventLoop() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (JdbcStores stores = open(directory.resolve("keys.db"))) {
            Thread eventLoop = new EventLoopThread(() -> stores.keys().version());
            eventLoop.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
            eventLoop.start();
            eventLoop.join();
        }

        assertThat(thrown.get()).isInstanceOf(AssertionError.class).hasMessageContaining("event loop");
    }

    private static final class EventLoopThread extends Thread implements NonBlockingThread {
        EventLoopThread(Runnable work) {
            super(work);
        }
    }

    private static JdbcStores open(Path file) {
        return JdbcStores.open(new StoreLocation.Sqlite(file), StorePool.DEFAULT);
    }

    private static KeyRecord aKey() {
        return new KeyFactory("salt", new SecureRandom(), new ManualClock())
                .issue(KeyTerms.OPEN)
                .keyRecord();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
