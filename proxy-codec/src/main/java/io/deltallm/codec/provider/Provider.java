package io.deltallm.codec.provider;

import java.net.URI;
import java.util.Map;

/// A place that speaks the OpenAI dialect.
///
/// @param name the name in metrics, headers and logs: `openai`, `groq`
/// @param baseUri up to and including the version segment: `https://api.openai.com/v1`
/// @param signer how a request proves who pays
/// @param headers sent on every request; never `authorization`, `host` or `content-length`
/// @param streamUsage what makes its streams carry usage
public record Provider(
        String name, URI baseUri, Signer signer, Map<String, String> headers, StreamUsage streamUsage) {

    public Provider {
        headers = Map.copyOf(headers);
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
