package io.deltallm.policy.credential;

import io.deltallm.codec.provider.TokenSource;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Access tokens of Microsoft Entra ID, for Azure: of an application's secret
/// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow). Thread-safe.
public final class EntraTokens implements TokenSource, AutoCloseable {
    private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

    private final CredentialHttp http = new CredentialHttp();
    private final RefreshingToken<String> token;

    /// Who asks.
    ///
    /// @param authority `https://login.microsoftonline.com`, or that of another cloud
    public record Application(URI authority, String tenant, String clientId, String clientSecret) {
        public static final URI PUBLIC_CLOUD = URI.create("https://login.microsoftonline.com");

        @Override
        public String toString() {
            return "Application[" + authority + ", " + tenant + ", " + clientId + ", ***]";
        }
    }

    private EntraTokens(Application application, InstantSource clock) {
        URI uri = application.authority().resolve("/" + application.tenant() + "/oauth2/v2.0/token");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", application.clientId());
        fields.put("client_secret", application.clientSecret());
        fields.put("scope", SCOPE);
        String form = CredentialHttp.form(fields);
        this.token = new RefreshingToken<>(
                "entra", () -> OAuthReply.read(http.post(uri, Map.of(), form), clock.instant()), clock);
    }

    public static EntraTokens of(Application application, InstantSource clock) {
        EntraTokens tokens = new EntraTokens(application, clock);
        tokens.token.start();
        return tokens;
    }

    @Override
    public @Nullable String token() {
        return token.current();
    }

    /// For whoever wants to wait for the first.
    public RefreshingToken<String> refreshing() {
        return token;
    }

    @Override
    public void close() {
        token.close();
        http.close();
    }

    @Override
    public String toString() {
        return "EntraTokens[***]";
    }
}
