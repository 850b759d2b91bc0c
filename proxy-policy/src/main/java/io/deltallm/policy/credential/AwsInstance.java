package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The role of a machine, from its metadata service, version 2
/// (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html).
record AwsInstance(AwsCredentialChain.Place place, CredentialHttp http) implements AwsCredentialChain.Link {
    private static final String USUAL = "http://169.254.169.254";
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

    @Override
    public @Nullable Expiring<AwsCredentials> fetch() throws IOException, InterruptedException {
        if ("true".equalsIgnoreCase(place.variable("AWS_EC2_METADATA_DISABLED"))) {
            return null;
        }
        URI service = URI.create(place.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT", USUAL));
        String token = http.put(
                service.resolve("/latest/api/token"), Map.of("X-aws-ec2-metadata-token-ttl-seconds", "21600"));
        Map<String, String> headers = Map.of("X-aws-ec2-metadata-token", token.strip());
        String role = http.get(service.resolve(ROLES), headers).strip();
        return AwsContainer.credentials(http.get(service.resolve(ROLES + role), headers), place);
    }
}
