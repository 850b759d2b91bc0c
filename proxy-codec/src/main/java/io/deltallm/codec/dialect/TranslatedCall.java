package io.deltallm.codec.dialect;

import io.deltallm.codec.json.JsonOutput;

/// A request on its way to a provider of another wire format. Confined to one attempt.
public interface TranslatedCall {

    /// The body for the provider.
    JsonOutput body();

    /// Whether the provider is asked for a stream.
    boolean streamed();

    /// The provider's reply begins.
    ///
    /// @param status its status
    ReplyTranslation reply(int status, ErrorReader.Fields fields);

    /// The body's `Content-Type`.
    default String contentType() {
        return "application/json";
    }
}
