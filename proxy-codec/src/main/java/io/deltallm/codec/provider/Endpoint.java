package io.deltallm.codec.provider;

/// Where a provider takes an operation, below its base URL. `{model}` stands for the model's name there,
/// percent-encoded.
///
/// @param path with its leading slash; may have a query
/// @param streamPath for streamed replies, where that is another path
public record Endpoint(String path, String streamPath) {

    public static Endpoint at(String path) {
        return new Endpoint(path, path);
    }
}
