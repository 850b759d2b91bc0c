package io.deltallm.codec.provider;

import org.jspecify.annotations.Nullable;

/// Where the bearer token of the moment comes from. Thread-safe; never blocks.
@FunctionalInterface
public interface TokenSource {

    /// The token that is valid now; null while there is none.
    @Nullable String token();
}
