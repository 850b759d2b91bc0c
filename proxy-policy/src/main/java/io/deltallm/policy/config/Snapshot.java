package io.deltallm.policy.config;

import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.credential.LoginKeys;
import io.deltallm.policy.credential.LoginSource;
import io.deltallm.policy.credential.LoginToken;
import io.deltallm.policy.limit.ProxyLimits;
import io.deltallm.policy.route.ModelGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything configured, as the request path uses it. Immutable, thread-safe; an exchange pins one from its first byte
/// to its last, so a reload never changes the rules under it.
public final class Snapshot {
    private final GatewayConfig config;
    private final Map<String, ModelGroup> groupsByName;
    private final List<ModelGroup> groups;
    private final AuthSettings auth;
    private final long version;
    private final Instant loadedAt;

    Snapshot(GatewayConfig config, Map<String, ModelGroup> groups, long version, Instant loadedAt) {
        this.config = config;
        this.groupsByName = Map.copyOf(groups);
        this.groups = groups.values().stream()
                .sorted(Comparator.comparing(ModelGroup::name))
                .toList();
        this.auth = AuthSettings.of(config.keys());
        this.version = version;
        this.loadedAt = loadedAt;
    }

    /// The group of a public model name or alias, null if there is none.
    public @Nullable ModelGroup group(String publicName) {
        return groupsByName.get(publicName);
    }

    /// All groups, aliases included, sorted by name.
    public List<ModelGroup> groups() {
        return groups;
    }

    /// The logins to clouds that its targets need.
    List<LoginSource<?>> logins() {
        List<LoginSource<?>> logins = new ArrayList<>();
        for (ModelSettings model : config.models()) {
            switch (model.provider().signer()) {
                case Signer.Token(LoginToken(var source)) -> logins.add(source);
                case Signer.AwsSigV4(LoginKeys(var source), _, _) -> logins.add(source);
                case Signer.Token _, Signer.AwsSigV4 _, Signer.Bearer _, Signer.HeaderKey _, Signer.None _ -> {}
            }
        }
        return logins;
    }

    public AuthSettings auth() {
        return auth;
    }

    /// What each key and all keys together may do.
    public ProxyLimits proxyLimits() {
        return config.limits().rates();
    }

    public RequestLimits requestLimits() {
        return config.limits().request();
    }

    public GatewayConfig config() {
        return config;
    }

    /// 1 for the first, one more for each reload.
    public long version() {
        return version;
    }

    public Instant loadedAt() {
        return loadedAt;
    }
}
