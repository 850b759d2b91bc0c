package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// A login to a cloud as it is configured: who asks, and with what. Equal ones share their credentials. `toString` shows no
/// secret.
public sealed interface Login {

    /// AWS's chain of places.
    ///
    /// @param profile of the shared files; null for the usual one
    record Aws(@Nullable String profile) implements Login {}

    /// A role of AWS.
    ///
    /// @param caller who takes it; null for whoever the chain finds
    record AwsRole(String role, String session, String region, @Nullable AwsCredentials caller) implements Login {}

    /// @param credential in JSON, or the path of a file that holds it; null for the usual places
    record Google(@Nullable String credential) implements Login {

        boolean isJson() {
            return credential != null && credential.stripLeading().startsWith("{");
        }

        /// The project that a credential in JSON belongs to; null where it does not say.
        public @Nullable String project() {
            try {
                return credential != null && isJson() ? JsonFields.read(credential).get("project_id") : null;
            } catch (IOException _) {
                return null;
            }
        }

        @Override
        public String toString() {
            return "Google[***]";
        }
    }

    /// An application of Microsoft Entra ID.
    record Entra(String tenant, String clientId, String clientSecret) implements Login {
        @Override
        public String toString() {
            return "Entra[" + tenant + ", " + clientId + ", ***]";
        }
    }

    /// @param server who gives out tokens: `https://iam.cloud.ibm.com`
    record Ibm(URI server, String apiKey) implements Login {
        @Override
        public String toString() {
            return "Ibm[" + server + ", ***]";
        }
    }
}
