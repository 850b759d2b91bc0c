package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.store.KeyChanges;
import io.deltallm.policy.store.KeyPage;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyRef;
import io.deltallm.policy.store.KeyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The virtual keys in SQL. Thread-safe; blocks.
///
/// Every change first takes its number from [ChangeLog], which makes changes wait for each other: there are few, and
/// their numbers must become visible in order.
final class JdbcKeyStore implements KeyStore {
    private static final String SELECT = "SELECT " + KeyRows.COLUMNS + " FROM virtual_keys";
    private static final String INSERT = "INSERT INTO virtual_keys (" + KeyRows.COLUMNS + ", change_number) VALUES ("
            + "?, ".repeat(KeyRows.COUNT) + "?)";
    private static final String SET_BLOCKED =
            "UPDATE virtual_keys SET blocked = ?, updated_at = ?, change_number = ? WHERE hash = ?";

    private final Database database;
    private final InstantSource clock;

    JdbcKeyStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public @Nullable KeyRecord find(KeyHash hash) {
        return find(new KeyRef.ByHash(hash));
    }

    @Override
    public @Nullable KeyRecord find(KeyRef ref) {
        return database.<@Nullable KeyRecord>read("find a key", connection -> find(connection, ref));
    }

    @Override
    public void insert(KeyRecord key) {
        database.<@Nullable Void>write("add the key " + key.id(), connection -> {
            long number = ChangeLog.next(connection);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                KeyRows.bind(insert, key);
                insert.setLong(KeyRows.COUNT + 1, number);
                insert.executeUpdate();
            }
            return null;
        });
    }

    @Override
    public KeyPage list(long offset, int limit) {
        return database.read("list the keys", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(SELECT + " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?")) {
                select.setInt(1, limit);
                select.setLong(2, offset);
                return new KeyPage(readAll(select), count(connection));
            }
        });
    }

    @Override
    public @Nullable KeyRecord setBlocked(KeyRef ref, boolean blocked) {
        return database.<@Nullable KeyRecord>write(blocked ? "block a key" : "unblock a key", connection -> {
            // The number first: it makes later changes wait, so that what is read next stays true.
            long number = ChangeLog.next(connection);
            KeyRecord key = find(connection, ref);
            if (key == null) {
                return null;
            }
            try (PreparedStatement update = connection.prepareStatement(SET_BLOCKED)) {
                update.setBoolean(1, blocked);
                update.setLong(2, clock.millis());
                update.setLong(3, number);
                update.setString(4, key.hash().toHex());
                update.executeUpdate();
            }
            return find(connection, ref);
        });
    }

    @Override
    public @Nullable KeyRecord delete(KeyRef ref) {
        return database.<@Nullable KeyRecord>write("delete a key", connection -> {
            long number = ChangeLog.next(connection);
            KeyRecord key = find(connection, ref);
            if (key == null) {
                return null;
            }
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM virtual_keys WHERE hash = ?")) {
                delete.setString(1, key.hash().toHex());
                delete.executeUpdate();
            }
            ChangeLog.recordDeletion(connection, number, key.hash(), clock.millis());
            return key;
        });
    }

    @Override
    public long version() {
        return database.read("read the keys' version", ChangeLog::current);
    }

    @Override
    public KeyChanges changesSince(long version) {
        return database.read("read the changed keys", connection -> ChangeLog.since(connection, version));
    }

    private static @Nullable KeyRecord find(Connection connection, KeyRef ref) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT + switch (ref) {
            case KeyRef.ById _ -> " WHERE id = ?";
            case KeyRef.ByHash _ -> " WHERE hash = ?";
            case KeyRef.ByAlias _ -> " WHERE alias = ?";
        })) {
            select.setString(1, switch (ref) {
                case KeyRef.ById(String id) -> id;
                case KeyRef.ByHash(KeyHash hash) -> hash.toHex();
                case KeyRef.ByAlias(String alias) -> alias;
            });
            List<KeyRecord> found = readAll(select);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    private static List<KeyRecord> readAll(PreparedStatement select) throws SQLException {
        List<KeyRecord> keys = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                keys.add(KeyRows.read(rows));
            }
        }
        return keys;
    }

    private static long count(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM virtual_keys");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
