package io.deltallm.policy.credential;

import io.deltallm.codec.provider.TokenSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Bearer tokens of a login: Google's, Entra's, IBM's.
public record LoginToken(LoginSource<String> source) implements TokenSource {

    /// @param environment variables, as the configuration was read with
    public static LoginToken of(Login login, Map<String, String> environment) {
        return switch (login) {
            case Login.Google google -> new LoginToken(new LoginSource<>(login, environment, source -> google(google, source)));
            case Login.Entra entra -> new LoginToken(new LoginSource<>(login, environment, _ -> entra(entra)));
            case Login.Ibm ibm -> new LoginToken(new LoginSource<>(login, environment, _ -> ibm(ibm)));
            case Login.Aws _, Login.AwsRole _ -> throw new IllegalArgumentException(login + " gives keys, not tokens");
        };
    }

    @Override
    public @Nullable String token() {
        return source.current();
    }

    private static LoginSource.Running<String> google(Login.Google login, LoginSource<String> source) {
        Function<String, @Nullable String> variables = name -> source.environment().get(name);
        String credential = login.credential();
        if (credential != null && !login.isJson()) {
            // As if the usual variable named the file.
            variables = name -> name.equals("GOOGLE_APPLICATION_CREDENTIALS") ? credential : source.environment().get(name);
        }
        var place = new GoogleTokens.Place(variables, home(), InstantSource.system());
        GoogleTokens tokens =
                credential != null && login.isJson() ? GoogleTokens.ofJson(credential, place) : GoogleTokens.ofEnvironment(place);
        return new LoginSource.Running<>(tokens.refreshing(), tokens);
    }

    private static LoginSource.Running<String> entra(Login.Entra login) {
        URI authority = EntraTokens.Application.PUBLIC_CLOUD;
        var application = new EntraTokens.Application(authority, login.tenant(), login.clientId(), login.clientSecret());
        EntraTokens tokens = EntraTokens.of(application, InstantSource.system());
        return new LoginSource.Running<>(tokens.refreshing(), tokens);
    }

    private static LoginSource.Running<String> ibm(Login.Ibm login) {
        IbmTokens tokens = IbmTokens.of(login, InstantSource.system());
        return new LoginSource.Running<>(tokens.refreshing(), tokens);
    }

    static Path home() {
        return Path.of(System.getProperty("user.home", "."));
    }
}
