package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import org.jspecify.annotations.Nullable;

/// Credentials in environment variables.
record AwsEnvironment(AwsCredentialChain.Place place) implements AwsCredentialChain.Link {
    @Override
    public @Nullable Expiring<AwsCredentials> fetch() {
        String id = place.variable("AWS_ACCESS_KEY_ID");
        String secret = place.variable("AWS_SECRET_ACCESS_KEY");
        if (id == null || secret == null) {
            return null;
        }
        return Expiring.never(new AwsCredentials(id, secret, place.variable("AWS_SESSION_TOKEN")));
    }
}
