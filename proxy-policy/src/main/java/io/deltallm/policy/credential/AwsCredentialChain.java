package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentialSource;
import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// AWS credentials from where its own tools look for them, in their order: the environment, a web identity, the shared
/// files, a container's endpoint, the machine's metadata. A profile that is asked for by name comes before all but the
/// environment, one that the configuration names before that too. The first place that is set up decides; if it fails, no later
/// one is asked, since that might be somebody else's. Thread-safe.
public final class AwsCredentialChain implements AwsCredentialSource, AutoCloseable {
    private final CredentialHttp http = new CredentialHttp();
    private final RefreshingToken<AwsCredentials> token;

    /// Where credentials are looked for.
    ///
    /// @param environment variables, as `System::getenv`
    /// @param home the user's directory
    /// @param profile of the shared files; null for `AWS_PROFILE`, else `default`
    public record Place(
            Function<String, @Nullable String> environment, Path home, @Nullable String profile, InstantSource clock) {

        /// A variable that is set and not empty.
        @Nullable String variable(String name) {
            String value = environment.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        String variable(String name, String otherwise) {
            String value = variable(name);
            return value == null ? otherwise : value;
        }

        /// The region to ask in; null where none is named.
        @Nullable String region() {
            String region = variable("AWS_REGION");
            return region == null ? variable("AWS_DEFAULT_REGION") : region;
        }
    }

    /// A place where credentials may be.
    @FunctionalInterface
    interface Link {
        /// The credentials; null where this place is not set up.
        ///
        /// @throws IOException if it is, but fails
        @Nullable Expiring<AwsCredentials> fetch() throws IOException, InterruptedException;
    }

    private AwsCredentialChain(Place place) {
        AwsSts sts = new AwsSts(http, place);
        AwsProfile profile = new AwsProfile(place, sts);
        AwsEnvironment environment = new AwsEnvironment(place);
        AwsWebIdentity webIdentity = new AwsWebIdentity(place, sts);
        List<Link> machine = List.of(webIdentity, profile, new AwsContainer(place, http), new AwsInstance(place, http));
        List<Link> links = new ArrayList<>();
        if (profile.isNamed()) {
            links.addAll(place.profile() == null ? List.of(environment, profile) : List.of(profile));
        } else {
            links.add(environment);
            links.addAll(machine);
        }
        this.token = new RefreshingToken<>("aws", () -> fetch(links), place.clock());
    }

    /// Begins to look for credentials.
    public static AwsCredentialChain of(Place place) {
        AwsCredentialChain chain = new AwsCredentialChain(place);
        chain.token.start();
        return chain;
    }

    /// Credentials that never change.
    public static AwsCredentialSource fixed(AwsCredentials credentials) {
        return () -> credentials;
    }

    private static Expiring<AwsCredentials> fetch(List<Link> links) throws IOException, InterruptedException {
        for (Link link : links) {
            Expiring<AwsCredentials> found = link.fetch();
            if (found != null) {
                return found;
            }
        }
        throw new IOException("none found (expected: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, a web"
                + " identity, a container's or a machine's role)");
    }

    @Override
    public @Nullable AwsCredentials current() {
        return token.current();
    }

    /// For whoever wants to wait for the first.
    public RefreshingToken<AwsCredentials> refreshing() {
        return token;
    }

    @Override
    public void close() {
        token.close();
        http.close();
    }

    @Override
    public String toString() {
        return "AwsCredentialChain[***]";
    }
}
