/// The stores in SQL: SQLite in a file, or PostgreSQL. Start with [JdbcStores]. The only package that knows `java.sql`.
@NullMarked
package io.deltallm.policy.store.jdbc;

import org.jspecify.annotations.NullMarked;
