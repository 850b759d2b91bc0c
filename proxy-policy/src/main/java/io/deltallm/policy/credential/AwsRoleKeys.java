package io.deltallm.policy.credential;

import io.deltallm.codec.provider.AwsCredentials;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The credentials of a role that a configured entry names, taken by keys of its own or by whoever AWS's chain finds.
/// Thread-safe.
final class AwsRoleKeys implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CredentialHttp http = new CredentialHttp();
    private final @Nullable AwsCredentialChain chain;
    private final RefreshingToken<AwsCredentials> token;

    private AwsRoleKeys(Login.AwsRole login, AwsCredentialChain.Place place) {
        AwsSts sts = new AwsSts(http, place);
        AwsCredentials own = login.caller();
        AwsCredentialChain found = own == null ? AwsCredentialChain.of(place) : null;
        this.chain = found;
        this.token = new RefreshingToken<>(
                "aws role",
                () -> sts.assume(login.role(), login.session(), null, own != null ? own : caller(found), login.region()),
                place.clock());
    }

    private static AwsCredentials caller(@Nullable AwsCredentialChain chain) throws IOException, InterruptedException {
        AwsCredentials current = chain != null && chain.refreshing().awaitFirst(PATIENCE) ? chain.current() : null;
        if (current == null) {
            throw new IOException("there is nobody to take the role (expected: credentials in a usual place of AWS)");
        }
        return current;
    }

    static AwsRoleKeys of(Login.AwsRole login, AwsCredentialChain.Place place) {
        AwsRoleKeys keys = new AwsRoleKeys(login, place);
        keys.token.start();
        return keys;
    }

    RefreshingToken<AwsCredentials> refreshing() {
        return token;
    }

    @Override
    public void close() {
        token.close();
        if (chain != null) {
            chain.close();
        }
        http.close();
    }
}
