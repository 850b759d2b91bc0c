package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A profile of the shared files `~/.aws/credentials` and `~/.aws/config`: its keys, or a role that another profile or
/// a web identity may take. Read again every five minutes, since keys are replaced.
record AwsProfile(AwsCredentialChain.Place place, AwsSts sts) implements AwsCredentialChain.Link {
    private static final Duration REREAD = Duration.ofMinutes(5);

    /// Whether somebody asked for a certain profile.
    boolean isNamed() {
        return place.profile() != null || place.variable("AWS_PROFILE") != null;
    }

    @Override
    public @Nullable Expiring<AwsCredentials> fetch() throws IOException, InterruptedException {
        String name = name();
        Map<String, Map<String, String>> profiles = profiles();
        if (!profiles.containsKey(name)) {
            if (isNamed()) {
                throw new IOException("there is no profile \"" + name + "\" in the shared files of AWS");
            }
            return null;
        }
        Expiring<AwsCredentials> found = fetch(name, profiles, new HashSet<>());
        if (found == null && isNamed()) {
            throw new IOException("profile \"" + name + "\" has neither keys nor a role that can be taken");
        }
        return found;
    }

    private String name() {
        String profile = place.profile();
        return profile == null ? place.variable("AWS_PROFILE", "default") : profile;
    }

    /// Both files in one; what the credentials file says wins.
    private Map<String, Map<String, String>> profiles() throws IOException {
        Path directory = place.home().resolve(".aws");
        Map<String, Map<String, String>> all =
                new LinkedHashMap<>(IniFile.read(file("AWS_CONFIG_FILE", directory.resolve("config"))));
        Map<String, Map<String, String>> credentials =
                IniFile.read(file("AWS_SHARED_CREDENTIALS_FILE", directory.resolve("credentials")));
        credentials.forEach((name, settings) ->
                all.computeIfAbsent(name, _ -> new LinkedHashMap<>()).putAll(settings));
        return all;
    }

    private Path file(String variable, Path usual) {
        String named = place.variable(variable);
        return named == null ? usual : Path.of(named);
    }

    private @Nullable Expiring<AwsCredentials> fetch(
            String name, Map<String, Map<String, String>> profiles, Set<String> seen)
            throws IOException, InterruptedException {
        Map<String, String> profile = profiles.get(name);
        if (profile == null) {
            throw new IOException("there is no profile \"" + name + "\" in the shared files of AWS");
        }
        String role = profile.get("role_arn");
        // A profile that names itself as its source means its own keys.
        if (role != null && seen.add(name)) {
            return role(role, name, profiles, seen);
        }
        String id = profile.get("aws_access_key_id");
        String secret = profile.get("aws_secret_access_key");
        if (id == null || secret == null) {
            return null;
        }
        AwsCredentials credentials = new AwsCredentials(id, secret, profile.get("aws_session_token"));
        return Expiring.rereadAfter(REREAD, credentials, place.clock().instant());
    }

    private Expiring<AwsCredentials> role(
            String role, String name, Map<String, Map<String, String>> profiles, Set<String> seen)
            throws IOException, InterruptedException {
        Map<String, String> profile = profiles.getOrDefault(name, Map.of());
        String session = profile.getOrDefault("role_session_name", AwsSts.SESSION);
        String tokenFile = profile.get("web_identity_token_file");
        if (tokenFile != null) {
            return sts.assumeWithWebIdentity(role, session, Path.of(tokenFile));
        }
        String source = profile.get("source_profile");
        if (source == null) {
            throw new IOException("profile \"" + name + "\" has a role_arn (expected with it: source_profile or"
                    + " web_identity_token_file)");
        }
        Expiring<AwsCredentials> caller = fetch(source, profiles, seen);
        if (caller == null) {
            throw new IOException("profile \"" + source + "\" has no keys");
        }
        return sts.assume(role, session, profile.get("external_id"), caller.value(), profile.get("region"));
    }
}
