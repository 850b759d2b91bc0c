package io.deltallm.policy.store.jdbc;

import io.deltallm.policy.identity.KeyHash;
import io.deltallm.policy.limit.KeyLimits;
import io.deltallm.policy.store.KeyOwner;
import io.deltallm.policy.store.KeyRecord;
import io.deltallm.policy.store.KeyTerms;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [KeyRecord] as a row of `virtual_keys`, and back: the one place that knows the columns.
final class KeyRows {
    /// In the order in which [#bind] and [#read] go through them.
    static final String COLUMNS = "hash, id, display_name, alias, user_id, team_id, org_id, models, requests_per_minute,"
            + " tokens_per_minute, max_parallel, max_budget_nanodollars, expires_at, metadata, blocked, created_at,"
            + " updated_at";
    static final int COUNT = 17;

    private KeyRows() {}

    /// Fills parameters 1 to [#COUNT].
    static void bind(PreparedStatement statement, KeyRecord key) throws SQLException {
        KeyTerms terms = key.terms();
        KeyLimits limits = terms.limits();
        Integer maxParallel = limits.maxParallel();
        Instant expiresAt = terms.expiresAt();
        statement.setString(1, key.hash().toHex());
        statement.setString(2, key.id());
        statement.setString(3, key.displayName());
        statement.setString(4, terms.alias());
        statement.setString(5, terms.owner().userId());
        statement.setString(6, terms.owner().teamId());
        statement.setString(7, terms.owner().orgId());
        statement.setString(8, String.join("\n", terms.models()));
        setLong(statement, 9, limits.requestsPerMinute());
        setLong(statement, 10, limits.tokensPerMinute());
        setLong(statement, 11, maxParallel == null ? null : maxParallel.longValue());
        setLong(statement, 12, terms.maxBudgetNanodollars());
        setLong(statement, 13, expiresAt == null ? null : expiresAt.toEpochMilli());
        statement.setString(14, terms.metadata());
        statement.setBoolean(15, key.blocked());
        statement.setLong(16, key.createdAt().toEpochMilli());
        statement.setLong(17, key.updatedAt().toEpochMilli());
    }

    static KeyRecord read(ResultSet row) throws SQLException {
        return new KeyRecord(
                KeyHash.fromHex(row.getString(1)),
                row.getString(2),
                row.getString(3),
                terms(row),
                row.getBoolean(15),
                Instant.ofEpochMilli(row.getLong(16)),
                Instant.ofEpochMilli(row.getLong(17)));
    }

    private static KeyTerms terms(ResultSet row) throws SQLException {
        Long maxParallel = getLong(row, 11);
        Long expiresAt = getLong(row, 13);
        return new KeyTerms(
                row.getString(4),
                new KeyOwner(row.getString(5), row.getString(6), row.getString(7)),
                row.getString(8).lines().toList(),
                new KeyLimits(getLong(row, 9), getLong(row, 10), maxParallel == null ? null : maxParallel.intValue()),
                getLong(row, 12),
                expiresAt == null ? null : Instant.ofEpochMilli(expiresAt),
                row.getString(14));
    }

    static List<KeyHash> readHashes(ResultSet rows, List<KeyHash> into) throws SQLException {
        while (rows.next()) {
            into.add(KeyHash.fromHex(rows.getString(1)));
        }
        return into;
    }

    private static void setLong(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    private static @Nullable Long getLong(ResultSet row, int index) throws SQLException {
        long value = row.getLong(index);
        return row.wasNull() ? null : value;
    }
}
