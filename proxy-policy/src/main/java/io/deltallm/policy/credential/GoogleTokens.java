package io.deltallm.policy.credential;

import io.deltallm.codec.provider.TokenSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Google's access tokens, for Vertex AI: of a service account's key, of a user's own login, or of the machine's service
/// account. Thread-safe.
public final class GoogleTokens implements TokenSource, AutoCloseable {
    private static final String USUAL_FILE = ".config/gcloud/application_default_credentials.json";

    private final CredentialHttp http = new CredentialHttp();
    private final RefreshingToken<String> token;

    /// Where credentials are looked for, and asked for.
    ///
    /// @param environment variables, as `System::getenv`
    /// @param home the user's directory
    public record Place(Function<String, @Nullable String> environment, Path home, InstantSource clock) {}

    private GoogleTokens(Place place, Source source) {
        this.token = new RefreshingToken<>("google", () -> source.fetch(http), place.clock());
    }

    /// Of a credential in JSON: the content of a service account's key file, or of a user's login.
    ///
    /// @throws IllegalArgumentException if it is neither; the message shows nothing of it
    public static GoogleTokens ofJson(String json, Place place) {
        return new GoogleTokens(place, source(json, place.clock())).start();
    }

    /// Of the usual places: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, the one that `gcloud` writes, the
    /// machine's metadata server.
    public static GoogleTokens ofEnvironment(Place place) {
        Path file = file(place);
        Source source = file == null
                ? new GoogleMetadata(metadataServer(place), place.clock())
                // Read at each fetch: a key may be replaced.
                : http -> source(Files.readString(file), place.clock()).fetch(http);
        return new GoogleTokens(place, source).start();
    }

    private static @Nullable Path file(Place place) {
        String named = place.environment().apply("GOOGLE_APPLICATION_CREDENTIALS");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        Path usual = place.home().resolve(USUAL_FILE);
        return Files.isReadable(usual) ? usual : null;
    }

    private static URI metadataServer(Place place) {
        String host = place.environment().apply("GCE_METADATA_HOST");
        return URI.create("http://" + (host == null || host.isEmpty() ? "metadata.google.internal" : host));
    }

    private static Source source(String json, InstantSource clock) {
        try {
            Map<String, String> fields = JsonFields.read(json);
            String type = fields.getOrDefault("type", "");
            return switch (type) {
                case "service_account" -> GoogleServiceAccount.of(fields, clock);
                case "authorized_user" -> GoogleUser.of(fields, clock);
                default -> throw new IOException("its type is \"" + type
                        + "\" (expected: service_account or authorized_user)");
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("Google's credential cannot be used: " + e.getMessage(), e);
        }
    }

    private GoogleTokens start() {
        token.start();
        return this;
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
        return "GoogleTokens[***]";
    }

    /// Who gives tokens out.
    @FunctionalInterface
    interface Source {
        Expiring<String> fetch(CredentialHttp http) throws IOException, InterruptedException;
    }
}
