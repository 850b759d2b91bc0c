package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.store.KeyChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The numbers of the changes made to keys. A changed key carries its newest number; a deleted one leaves it in
/// `key_changes`.
///
/// The counter is a row that its user keeps locked until it commits. A database sequence would be faster and wrong: it
/// hands out 5 before 6, but 6 may be committed first, and a reader who saw 6 would never ask for 5.
final class ChangeLog {
    /// More than that and the asker does better to forget all it knew.
    static final int MOST_CHANGES = 1_000;
    /// A poller asks every second; one that slept for longer starts over.
    private static final long KEPT_MILLIS = Duration.ofDays(7).toMillis();

    private static final String NEXT = "UPDATE change_counters SET value = value + 1 WHERE name = 'keys' RETURNING value";
    private static final String CURRENT = "SELECT value FROM change_counters WHERE name = 'keys'";
    private static final String FORGOTTEN = "SELECT value FROM change_counters WHERE name = 'keys_forgotten'";
    private static final String SINCE = "SELECT hash FROM virtual_keys WHERE change_number > ? AND change_number <= ?"
            + " UNION ALL SELECT hash FROM key_changes WHERE change_number > ? AND change_number <= ? LIMIT ?";

    private ChangeLog() {}

    /// The number of the change this transaction makes.
    static long next(Connection connection) throws SQLException {
        return number(connection, NEXT);
    }

    static long current(Connection connection) throws SQLException {
        return number(connection, CURRENT);
    }

    static KeyChanges since(Connection connection, long version) throws SQLException {
        long current = current(connection);
        if (current == version) {
            return new KeyChanges(version, List.of(), true);
        }
        List<KeyHash> hashes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SINCE)) {
            select.setLong(1, version);
            select.setLong(2, current);
            select.setLong(3, version);
            select.setLong(4, current);
            select.setInt(5, MOST_CHANGES + 1);
            try (ResultSet rows = select.executeQuery()) {
                KeyRows.readHashes(rows, hashes);
            }
        }
        // A number smaller than ours: the database was put back to an older state.
        boolean complete = hashes.size() <= MOST_CHANGES && version <= current && version >= number(connection, FORGOTTEN);
        return new KeyChanges(current, complete ? hashes : List.of(), complete);
    }

    static void recordDeletion(Connection connection, long number, KeyHash hash, long nowMillis) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO key_changes (change_number, hash, deleted_at) VALUES (?, ?, ?)")) {
            insert.setLong(1, number);
            insert.setString(2, hash.toHex());
            insert.setLong(3, nowMillis);
            insert.executeUpdate();
        }
        prune(connection, nowMillis - KEPT_MILLIS);
    }

    private static void prune(Connection connection, long beforeMillis) throws SQLException {
        try (PreparedStatement remember = connection.prepareStatement("UPDATE change_counters SET value ="
                        + " (SELECT max(change_number) FROM key_changes WHERE deleted_at < ?) WHERE name = 'keys_forgotten'"
                        + " AND EXISTS (SELECT 1 FROM key_changes WHERE deleted_at < ?)");
                PreparedStatement delete = connection.prepareStatement("DELETE FROM key_changes WHERE deleted_at < ?")) {
            remember.setLong(1, beforeMillis);
            remember.setLong(2, beforeMillis);
            remember.executeUpdate();
            delete.setLong(1, beforeMillis);
            delete.executeUpdate();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
