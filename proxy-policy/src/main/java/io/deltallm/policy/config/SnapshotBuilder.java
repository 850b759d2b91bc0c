package io.deltallm.policy.config;

import io.deltallm.codec.provider.AwsCredentialSource;
import io.deltallm.codec.provider.AwsCredentials;
import io.deltallm.codec.provider.Signer;
import io.deltallm.policy.credential.LoginKeys;
import io.deltallm.policy.credential.LoginToken;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes of what was configured what the request path uses. A pure function.
public final class SnapshotBuilder {
    private static final int ID_DIGITS = 8;

    private SnapshotBuilder() {}

    /// @param version 1 for the first, one more for each reload
    public static Snapshot build(GatewayConfig config, long version, Instant loadedAt) {
        Map<String, List<Target>> targets = targetsByName(config);
        Map<String, ModelGroup> groups = new HashMap<>();
        targets.forEach((name, members) -> groups.put(name, new ModelGroup(name, members)));
        config.aliases().forEach((alias, members) -> {
            List<Target> all = members.stream()
                    .flatMap(member -> targets.getOrDefault(member, List.of()).stream())
                    .toList();
            if (!all.isEmpty() && !groups.containsKey(alias)) {
                groups.put(alias, new ModelGroup(alias, all));
            }
        });
        return new Snapshot(config, groups, version, loadedAt);
    }

    private static Map<String, List<Target>> targetsByName(GatewayConfig config) {
        Map<String, List<Target>> targets = new LinkedHashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        KeyHasher hasher = new KeyHasher(config.keys().salt().reveal());
        for (ModelSettings model : config.models()) {
            String identity = identity(model, hasher);
            int copies = seen.merge(identity, 1, Integer::sum);
            String id = copies == 1 ? identity : identity + "-" + copies;
            targets.computeIfAbsent(model.name(), _ -> new ArrayList<>()).add(target(model, id, config));
        }
        return targets;
    }

    private static Target target(ModelSettings model, String id, GatewayConfig config) {
        return new Target(
                id,
                model.name(),
                model.provider(),
                model.upstreamModel(),
                model.weight(),
                model.clocks(),
                config.upstream().pool(),
                model.defaults(),
                model.dropParams(),
                model.maxTokens(),
                model.facts());
    }

    /// Provider and model, then some digits that tell apart what else makes a target: group, place and credential. The
    /// hash is salted, since a guess at a weak credential could otherwise be checked against a metric label.
    private static String identity(ModelSettings model, KeyHasher hasher) {
        String credential =
                switch (model.provider().signer()) {
                    case Signer.Bearer(var secret) -> "bearer " + secret;
                    case Signer.HeaderKey(var name, var secret) -> name + " " + secret;
                    case Signer.Token(var source) -> "token " + login(source);
                    case Signer.AwsSigV4(var source, var region, var service) ->
                        "aws " + region + " " + service + " " + login(source);
                    case Signer.None _ -> "none";
                };
        String all = String.join(
                "\n", model.name(), model.provider().baseUri().toString(), model.upstreamModel(), credential);
        String digits = hasher.hash(all).toHex().substring(0, ID_DIGITS);
        return model.provider().name() + "/" + model.upstreamModel() + "#" + digits;
    }

    /// Who asks, without the secret: that may be renewed.
    private static String login(Object source) {
        return switch (source) {
            case LoginToken(var token) -> token.login().toString();
            case LoginKeys(var keys) -> keys.login().toString();
            case AwsCredentialSource fixed -> {
                AwsCredentials known = fixed.current();
                yield known == null ? "" : known.accessKeyId();
            }
            default -> "";
        };
    }
}
