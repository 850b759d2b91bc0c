package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the place that a request in a provider's own words goes to: the first configured target of that provider.
final class Passthroughs {
    private static final Set<String> KEEPERS = Set.of("openai", "azure");
    private static final String HEADER = "x-deltallm-provider";
    private static final String PARAMETER = "custom_llm_provider=";

    private Passthroughs() {}

    /// A group of that one target; null if there is none.
    static @Nullable ModelGroup group(Exchange exchange) {
        String provider = provider(exchange);
        for (ModelGroup group : exchange.snapshot().groups()) {
            for (Target target : group.targets()) {
                String name = target.provider().name();
                if (provider == null ? KEEPERS.contains(name) : name.equals(provider)) {
                    return new ModelGroup(group.name(), List.of(target));
                }
            }
        }
        return null;
    }

    static GatewayError unknown(Exchange exchange) {
        String provider = provider(exchange);
        return GatewayError.of(
                ErrorCode.NOT_FOUND,
                provider == null
                        ? "No model of a provider that keeps files is configured"
                        : "No model of the provider \"" + provider + "\" is configured");
    }

    /// Null where nobody says it.
    private static @Nullable String provider(Exchange exchange) {
        String named = ((Route.Passthrough) exchange.routed()).provider();
        if (!named.isEmpty()) {
            return named;
        }
        RequestHead head = exchange.head();
        int header = head.find(HEADER);
        if (header >= 0) {
            return head.value(header);
        }
        String query = head.query();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(PARAMETER)) {
                return parameter.substring(PARAMETER.length());
            }
        }
        return null;
    }
}
