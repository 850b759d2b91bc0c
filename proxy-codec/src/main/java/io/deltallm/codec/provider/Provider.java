package io.deltallm.codec.provider;

import io.deltallm.codec.chat.Operation;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place that serves models, and the wire formats it speaks.
///
/// @param name the name in metrics, headers and logs: `openai`, `groq`
/// @param baseUri what the endpoints' paths are below: `https://api.openai.com/v1`
/// @param signer how a request proves who pays
/// @param headers sent on every request; never `authorization`, `host` or `content-length`
/// @param streamUsage what makes its streams carry usage
/// @param endpoints the operations it takes, and where
/// @param quirks in what it departs from their formats
public record Provider(
        String name,
        URI baseUri,
        Signer signer,
        Map<String, String> headers,
        StreamUsage streamUsage,
        Map<Operation, Endpoint> endpoints,
        Set<Quirk> quirks) {

    public Provider {
        headers = Map.copyOf(headers);
        endpoints = Map.copyOf(endpoints);
        quirks = Set.copyOf(quirks);
    }

    /// One that speaks OpenAI's formats without a quirk.
    public static Provider openAi(
            String name, URI baseUri, Signer signer, Map<String, String> headers, StreamUsage streamUsage) {
        return new Provider(name, baseUri, signer, headers, streamUsage, Endpoints.openAi(), Set.of());
    }

    /// Where it takes an operation; null where it does not.
    public @Nullable Endpoint endpoint(Operation operation) {
        return endpoints.get(operation);
    }

    public Provider withEndpoints(Map<Operation, Endpoint> others) {
        return new Provider(name, baseUri, signer, headers, streamUsage, others, quirks);
    }

    /// Names the headers, not their values: a custom one may be a credential.
    @Override
    public String toString() {
        return "Provider[" + name + ", " + baseUri + ", " + signer + ", headers " + headers.keySet() + "]";
    }

    /// What makes a provider's stream end with its usage.
    public enum StreamUsage {
        /// `stream_options: {"include_usage": true}` in the request.
        OPTION,
        /// Nothing: it is always there, and the option may be rejected as unknown.
        ALWAYS,
        /// Nothing helps; usage has to be estimated.
        NEVER
    }
}
