package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider;
import io.deltallm.policy.route.Target.Clocks;
import io.deltallm.policy.spend.ModelFacts;
import java.util.Map;

/// One usable entry of `model_list`: a place that serves a public model name.
///
/// @param name the public model name; entries of one name share its load
/// @param provider where it is and how to be let in
/// @param upstreamModel the name sent to the provider
/// @param weight its share of the load, at least 1
/// @param clocks the general ones, with this entry's own in their place
/// @param defaults JSON literals by top-level field, for requests that omit the field
/// @param dropParams whether fields that the provider's format cannot carry are left out; else they are refused
/// @param maxTokens the limit of output tokens to send where the format demands one and the client sets none
/// @param facts what is known of the model there
/// @param path where it is written: `model_list[2]`
public record ModelSettings(
        String name,
        Provider provider,
        String upstreamModel,
        int weight,
        Clocks clocks,
        Map<String, String> defaults,
        boolean dropParams,
        long maxTokens,
        ModelFacts facts,
        String path) {

    public ModelSettings {
        if (weight < 1) {
            throw new IllegalArgumentException(path + ": weight " + weight + " (expected: > 0)");
        }
        defaults = Map.copyOf(defaults);
    }

    /// Without the provider, whose headers may hold a credential.
    @Override
    public String toString() {
        return "ModelSettings[" + path + " " + name + " -> " + provider.name() + "/" + upstreamModel + "]";
    }
}
