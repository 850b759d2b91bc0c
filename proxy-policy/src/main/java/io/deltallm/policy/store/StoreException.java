package io.deltallm.policy.store;

import org.jspecify.annotations.Nullable;

/// The store could not do what it was asked: it is down, full, locked, or refuses the change. The message names what
/// failed and where; never a password.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
