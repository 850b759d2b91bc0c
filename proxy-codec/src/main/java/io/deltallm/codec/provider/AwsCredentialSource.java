package io.deltallm.codec.provider;

import org.jspecify.annotations.Nullable;

/// Where the credentials of the moment come from. Thread-safe; never blocks.
@FunctionalInterface
public interface AwsCredentialSource {

    /// The credentials that are valid now; null while there are none.
    @Nullable AwsCredentials current();
}
