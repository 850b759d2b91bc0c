package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Brings the schema up to date. All pending steps run in one transaction, while other processes that want to migrate
/// wait: every start may call [#migrate]. A database that a newer release has migrated, or whose history differs from
/// this release's, is refused untouched.
public final class Migrations {
    private static final String TABLE = "schema_migrations";
    private static final String CREATE_TABLE = "CREATE TABLE IF NOT EXISTS " + TABLE
            + " (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
    private static final String SELECT = "SELECT version, name, checksum, applied_at FROM " + TABLE;
    private static final String INSERT =
            "INSERT INTO " + TABLE + " (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)";

    private final Database database;
    private final List<Migration> known;
    private final InstantSource clock;

    private record Applied(int version, String name, String checksum, Instant at) {}

    Migrations(Database database, List<Migration> known, InstantSource clock) {
        this.database = database;
        this.known = known;
        this.clock = clock;
    }

    /// Applies what is pending and returns it; empty if the schema was up to date.
    ///
    /// @throws StoreException if a step fails (nothing is changed then), or the database is not ours to migrate
    public List<MigrationState> migrate() {
        return database.write("migrate the schema", connection -> {
            lock(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE_TABLE);
            }
            Map<Integer, Applied> applied = applied(connection);
            check(applied);
            List<MigrationState> done = new ArrayList<>();
            for (Migration migration : known) {
                if (!applied.containsKey(migration.version())) {
                    done.add(apply(connection, migration));
                }
            }
            return done;
        });
    }

    /// Every step this release knows, and whether the database has it. Changes nothing.
    ///
    /// @throws StoreException if the database is not one this release can work with
    public List<MigrationState> status() {
        Map<Integer, Applied> applied = database.read(
                "read the schema's version", connection -> hasTable(connection) ? applied(connection) : Map.of());
        check(applied);
        List<MigrationState> states = new ArrayList<>();
        for (Migration migration : known) {
            Applied found = applied.get(migration.version());
            states.add(new MigrationState(migration.version(), migration.name(), found == null ? null : found.at()));
        }
        return states;
    }

    private void check(Map<Integer, Applied> applied) {
        int newest = known.getLast().version();
        for (Applied step : applied.values()) {
            if (step.version() > newest) {
                throw new StoreException("the database has schema version " + step.version() + " (" + step.name()
                        + "), this release knows up to " + newest + ": use the release that migrated it, or a newer one",
                        null);
            }
        }
        for (Migration migration : known) {
            Applied step = applied.get(migration.version());
            if (step != null && !step.checksum().equals(migration.checksum())) {
                throw new StoreException("schema step " + step.version() + " (" + step.name()
                        + ") was applied to the database from a different text (checksum " + step.checksum()
                        + ", expected " + migration.checksum() + "): the database and this release do not belong together",
                        null);
            }
        }
    }

    private MigrationState apply(Connection connection, Migration migration) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : migration.statements(database.flavor())) {
                statement.execute(sql);
            }
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, migration.version());
            insert.setString(2, migration.name());
            insert.setString(3, migration.checksum());
            insert.setLong(4, now.toEpochMilli());
            insert.executeUpdate();
        }
        return new MigrationState(migration.version(), migration.name(), now);
    }

    private void lock(Connection connection) throws SQLException {
        if (!database.flavor().migrationLock().isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(database.flavor().migrationLock());
            }
        }
    }

    private static boolean hasTable(Connection connection) throws SQLException {
        // Only where our own statements look: another schema of the database may have a table of that name.
        try (ResultSet tables =
                connection.getMetaData().getTables(connection.getCatalog(), connection.getSchema(), TABLE, null)) {
            return tables.next();
        }
    }

    private static Map<Integer, Applied> applied(Connection connection) throws SQLException {
        Map<Integer, Applied> applied = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SELECT)) {
            while (rows.next()) {
                int version = rows.getInt(1);
                applied.put(
                        version,
                        new Applied(version, rows.getString(2), rows.getString(3), Instant.ofEpochMilli(rows.getLong(4))));
            }
        }
        return applied;
    }
}
