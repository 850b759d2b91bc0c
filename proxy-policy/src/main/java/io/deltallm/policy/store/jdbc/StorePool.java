package io.deltallm.policy.store.jdbc;

import java.time.Duration;

/// The connections to PostgreSQL. (SQLite has one writer and a few readers, always.)
///
/// @param size connections at most; idle ones are closed down to one
/// @param connectionTimeout how long one is waited for
public record StorePool(int size, Duration connectionTimeout) {
    public static final StorePool DEFAULT = new StorePool(4, Duration.ofSeconds(5));

    public StorePool {
        if (size < 1 || connectionTimeout.toMillis() < 250) {
            throw new IllegalArgumentException("the pool must have at least 1 connection and wait at least 250 ms, not "
                    + size + " and " + connectionTimeout);
        }
    }
}
