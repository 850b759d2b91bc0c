package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.provider.Endpoint;
import io.deltallm.codec.provider.Provider;
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
                if (keeps(target.provider(), (Route.Passthrough) exchange.routed(), provider)) {
                    return new ModelGroup(group.name(), List.of(target));
                }
            }
        }
        return null;
    }

    /// @param named the provider that is asked for; null where the request leaves it open
    private static boolean keeps(Provider provider, Route.Passthrough route, @Nullable String named) {
        if (named != null && !named.equals(provider.name())) {
            return false;
        }
        return route.aboutResponse()
                ? provider.endpoint(Operation.RESPONSES) != null
                : named != null || KEEPERS.contains(provider.name());
    }

    /// The path at the provider, below its base URL or its origin.
    static String path(Provider provider, Route.Passthrough route) {
        Endpoint responses = route.aboutResponse() ? provider.endpoint(Operation.RESPONSES) : null;
        return responses == null ? route.rest() : responses.path() + route.restOfResponse();
    }

    static GatewayError unknown(Exchange exchange) {
        String provider = provider(exchange);
        boolean aboutResponse = ((Route.Passthrough) exchange.routed()).aboutResponse();
        String named = "No model of the provider \"" + provider + "\" is configured";
        String open = "No model of a provider that keeps " + (aboutResponse ? "responses" : "files") + " is configured";
        return GatewayError.of(
                ErrorCode.NOT_FOUND,
                provider == null ? open : named + (aboutResponse ? ", or it keeps no responses" : ""));
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
