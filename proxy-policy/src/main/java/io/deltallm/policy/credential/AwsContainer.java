package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The role of a container, from the endpoint that ECS or EKS tells it of
/// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
record AwsContainer(AwsCredentialChain.Place place, CredentialHttp http) implements AwsCredentialChain.Link {
    private static final String ECS = "http://169.254.170.2";
    /// Who may be asked in the clear: this machine, ECS and EKS.
    private static final Set<String> NEARBY =
            Set.of("localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

    @Override
    public @Nullable Expiring<AwsCredentials> fetch() throws IOException, InterruptedException {
        URI uri = uri();
        if (uri == null) {
            return null;
        }
        String token = token();
        Map<String, String> headers = token == null ? Map.of() : Map.of("Authorization", token);
        return credentials(http.get(uri, headers), place);
    }

    private @Nullable URI uri() throws IOException {
        String relative = place.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        if (relative != null) {
            return URI.create(ECS + relative);
        }
        String full = place.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (full == null) {
            return null;
        }
        URI uri = URI.create(full);
        if (!"https".equals(uri.getScheme()) && !NEARBY.contains(String.valueOf(uri.getHost()))) {
            throw new IOException("AWS_CONTAINER_CREDENTIALS_FULL_URI names " + uri.getHost()
                    + " without https (expected: https, or a host of " + NEARBY + ")");
        }
        return uri;
    }

    private @Nullable String token() throws IOException {
        String file = place.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        return file == null
                ? place.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                : Files.readString(Path.of(file)).strip();
    }

    /// The form in which containers and machines are told.
    static Expiring<AwsCredentials> credentials(String json, AwsCredentialChain.Place place) throws IOException {
        Map<String, String> fields = JsonFields.read(json);
        AwsCredentials credentials = new AwsCredentials(
                JsonFields.required(fields, "AccessKeyId"),
                JsonFields.required(fields, "SecretAccessKey"),
                fields.get("Token"));
        String expiry = fields.get("Expiration");
        return expiry == null
                ? Expiring.never(credentials)
                : Expiring.until(AwsSts.expiry(expiry), credentials, place.clock().instant());
    }
}
