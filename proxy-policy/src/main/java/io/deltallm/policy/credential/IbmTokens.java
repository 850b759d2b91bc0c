package io.deltallm.policy.credential;

import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Access tokens of IBM Cloud, for watsonx: of an API key (https://cloud.ibm.com/apidocs/iam-identity-token-api).
/// Thread-safe.
final class IbmTokens implements AutoCloseable {
    private final CredentialHttp http = new CredentialHttp();
    private final RefreshingToken<String> token;

    private IbmTokens(Login.Ibm login, InstantSource clock) {
        URI uri = login.server().resolve("/identity/token");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "urn:ibm:params:oauth:grant-type:apikey");
        fields.put("apikey", login.apiKey());
        String form = CredentialHttp.form(fields);
        this.token = new RefreshingToken<>(
                "ibm", () -> OAuthReply.read(http.post(uri, Map.of("accept", "application/json"), form), clock.instant()), clock);
    }

    static IbmTokens of(Login.Ibm login, InstantSource clock) {
        IbmTokens tokens = new IbmTokens(login, clock);
        tokens.token.start();
        return tokens;
    }

    RefreshingToken<String> refreshing() {
        return token;
    }

    @Override
    public void close() {
        token.close();
        http.close();
    }
}
