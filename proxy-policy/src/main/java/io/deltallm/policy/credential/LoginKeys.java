package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentialSource;
import io.deltallm.codec.provider.AwsCredentials;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// AWS credentials of a login: of its chain of places, or of a role.
public record LoginKeys(LoginSource<AwsCredentials> source) implements AwsCredentialSource {

    /// @param environment variables, as the configuration was read with
    public static LoginKeys of(Login login, Map<String, String> environment) {
        return switch (login) {
            case Login.Aws(var profile) -> new LoginKeys(new LoginSource<>(login, environment, source -> {
                AwsCredentialChain chain = AwsCredentialChain.of(place(source, profile));
                return new LoginSource.Running<>(chain.refreshing(), chain);
            }));
            case Login.AwsRole role -> new LoginKeys(new LoginSource<>(login, environment, source -> {
                AwsRoleKeys keys = AwsRoleKeys.of(role, place(source, null));
                return new LoginSource.Running<>(keys.refreshing(), keys);
            }));
            case Login.Google _, Login.Entra _, Login.Ibm _ ->
                throw new IllegalArgumentException(login + " gives tokens, not keys");
        };
    }

    @Override
    public @Nullable AwsCredentials current() {
        return source.current();
    }

    private static AwsCredentialChain.Place place(LoginSource<AwsCredentials> source, @Nullable String profile) {
        return new AwsCredentialChain.Place(
                name -> source.environment().get(name), LoginToken.home(), profile, InstantSource.system());
    }
}
