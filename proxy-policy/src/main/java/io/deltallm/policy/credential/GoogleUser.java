package io.deltallm.policy.credential;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Trades the refresh token of a user's login for an access token. Immutable.
final class GoogleUser implements GoogleTokens.Source {
    private static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

    private final String form;
    private final URI tokenUri;
    private final InstantSource clock;

    private GoogleUser(String form, URI tokenUri, InstantSource clock) {
        this.form = form;
        this.tokenUri = tokenUri;
        this.clock = clock;
    }

    static GoogleUser of(Map<String, String> fields, InstantSource clock) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        for (String name : new String[] {"client_id", "client_secret", "refresh_token"}) {
            form.put(name, JsonFields.required(fields, name));
        }
        URI uri = URI.create(fields.getOrDefault("token_uri", TOKEN_URI));
        return new GoogleUser(CredentialHttp.form(form), uri, clock);
    }

    @Override
    public Expiring<String> fetch(CredentialHttp http) throws IOException, InterruptedException {
        return OAuthReply.read(http.post(tokenUri, Map.of(), form), clock.instant());
    }
}
