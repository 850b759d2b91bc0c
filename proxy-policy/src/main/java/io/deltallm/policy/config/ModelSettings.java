package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider;
import io.deltallm.policy.route.Target.Clocks;
import java.util.Map;

/// One usable entry of `model_list`: a place that serves a public model name.
///
/// @param name the public model name; entries of one name share its load
/// @param provider where it is and how to be let in
/// @param upstreamModel the name sent to the provider
/// @param weight its share of the load, at least 1
/// @param clocks the general ones, with this entry's own in their place
/// @param defaults JSON literals by top-level field, for requests that omit the field
/// @param path where it is written: `model_list[2]`
public record ModelSettings(
        String name,
        Provider provider,
        String upstreamModel,
        int weight,
        Clocks clocks,
        Map<String, String> defaults,
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
