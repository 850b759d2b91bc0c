package io.deltallm.codec.provider;

import org.jspecify.annotations.Nullable;

/// What AWS knows a caller by. `toString` never shows a secret.
///
/// @param sessionToken of temporary credentials; null for those of a user
public record AwsCredentials(String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
    @Override
    public String toString() {
        return "AwsCredentials[" + accessKeyId + ", ***]";
    }
}
