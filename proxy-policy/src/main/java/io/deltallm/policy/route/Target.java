package io.deltallm.policy.route;

import io.deltallm.codec.provider.Provider;
import io.deltallm.policy.spend.ModelFacts;
import java.time.Duration;
import java.util.Map;

/// One place a model group can send a request to: a provider, the model's name there, and how patient to be.
///
/// @param id stable over reloads as long as its configuration is the same; a bounded metric identity
/// @param group the public model name it serves
/// @param upstreamModel the name sent to the provider
/// @param weight its share of the group's load, at least 1
/// @param defaults JSON literals by top-level field, set where the client's request omits the field (`temperature` → `0.2`)
/// @param dropParams whether fields that the provider's format cannot carry are left out; else they are refused
/// @param maxTokens the limit of output tokens to send where the format demands one and the client sets none
/// @param facts what is known of the model there: prices, limits, abilities
public record Target(
        String id,
        String group,
        Provider provider,
        String upstreamModel,
        int weight,
        Clocks clocks,
        PoolSettings pool,
        Map<String, String> defaults,
        boolean dropParams,
        long maxTokens,
        ModelFacts facts) {

    /// The limit where a format demands one, and neither the configuration nor the price book knows the model's.
    public static final long DEFAULT_MAX_TOKENS = 4096;

    public Target {
        defaults = Map.copyOf(defaults);
    }

    /// One of whose model nothing is known.
    public Target(
            String id,
            String group,
            Provider provider,
            String upstreamModel,
            int weight,
            Clocks clocks,
            PoolSettings pool,
            Map<String, String> defaults) {
        this(id, group, provider, upstreamModel, weight, clocks, pool, defaults, true, DEFAULT_MAX_TOKENS, ModelFacts.UNKNOWN);
    }

    /// The three clocks of an attempt and the one of the whole exchange.
    ///
    /// @param connect TCP and TLS set-up
    /// @param firstByte from the request's last byte to the reply's head
    /// @param silence between two reads of the reply
    /// @param total the whole exchange; a stream that has begun is exempt
    public record Clocks(Duration connect, Duration firstByte, Duration silence, Duration total) {}

    /// @param maxConnections in use at once, over all event loops
    /// @param maxIdle kept open unused, over all event loops
    /// @param idleExpiry how long one is kept unused
    /// @param acquireTimeout how long a request waits for one
    public record PoolSettings(int maxConnections, int maxIdle, Duration idleExpiry, Duration acquireTimeout) {}
}
