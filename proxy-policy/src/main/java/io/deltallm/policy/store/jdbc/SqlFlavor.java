package io.deltallm.policy.store.jdbc;

/// The two SQL databases, where they differ. Everything else is written once, in what both understand.
enum SqlFlavor {
    SQLITE("", " COLLATE BINARY"),
    POSTGRES("SELECT pg_advisory_xact_lock(7233184022015345)", " COLLATE \"C\"");

    private final String migrationLock;
    private final String byteOrder;

    SqlFlavor(String migrationLock, String byteOrder) {
        this.migrationLock = migrationLock;
        this.byteOrder = byteOrder;
    }

    /// Makes other processes wait until the transaction ends; empty where a write transaction does that by itself.
    /// (The number is arbitrary, but must never change.)
    String migrationLock() {
        return migrationLock;
    }

    /// Fills in the placeholders of a migration: `${byte_order}` compares text as bytes, whatever the database's locale.
    String spell(String sql) {
        return sql.replace("${byte_order}", byteOrder);
    }
}
