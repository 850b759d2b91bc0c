package io.deltallm.policy.credential;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;

/// Asks the metadata server of a machine of Google's for a token of its service account
/// (https://cloud.google.com/compute/docs/access/authenticate-workloads#applications). Immutable.
final class GoogleMetadata implements GoogleTokens.Source {
    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/token";

    private final URI server;
    private final InstantSource clock;

    GoogleMetadata(URI server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public Expiring<String> fetch(CredentialHttp http) throws IOException, InterruptedException {
        String body = http.get(server.resolve(PATH), Map.of("Metadata-Flavor", "Google"));
        return OAuthReply.read(body, clock.instant());
    }
}
