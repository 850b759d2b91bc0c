package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A role for a web identity, whose token lies in a file, as in a pod of EKS.
record AwsWebIdentity(AwsCredentialChain.Place place, AwsSts sts) implements AwsCredentialChain.Link {
    @Override
    public @Nullable Expiring<AwsCredentials> fetch() throws IOException, InterruptedException {
        String file = place.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        String role = place.variable("AWS_ROLE_ARN");
        if (file == null || role == null) {
            return null;
        }
        String session = place.variable("AWS_ROLE_SESSION_NAME", AwsSts.SESSION);
        return sts.assumeWithWebIdentity(role, session, Path.of(file));
    }
}
