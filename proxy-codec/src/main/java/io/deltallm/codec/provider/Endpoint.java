package io.deltallm.codec.provider;

import java.util.Map;

/// Where a provider takes an operation, below its base URL. `{model}` stands for the model's name there,
/// percent-encoded.
///
/// @param path with its leading slash; may have a query
/// @param streamPath for streamed replies, where that is another path
public record Endpoint(String path, String streamPath) {

    public static Endpoint at(String path) {
        return new Endpoint(path, path);
    }

    /// With parts in braces, other than the model, in place: `{api_version}` → `2024-10-21`.
    public Endpoint with(Map<String, String> parts) {
        return new Endpoint(fill(path, parts), fill(streamPath, parts));
    }

    private static String fill(String template, Map<String, String> parts) {
        String filled = template;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            filled = filled.replace("{" + part.getKey() + "}", part.getValue());
        }
        return filled;
    }
}
