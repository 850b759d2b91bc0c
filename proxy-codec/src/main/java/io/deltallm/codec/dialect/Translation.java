package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.util.Map;

/// Carries requests of one wire format to a provider of another, and the replies back. Stateless, thread-safe; one a
/// pair of [Operation]s.
public interface Translation {

    /// What the provider is asked for.
    Operation to();

    /// Reads the client's request and writes the provider's.
    ///
    /// @param body the client's whole body, sound JSON
    /// @param defaults JSON literals by OpenAI's field names, set where the client says nothing
    /// @throws Refused if the request cannot be carried over
    /// @throws MediaNeeded if it can only be with media from elsewhere
    TranslatedCall begin(
            RawJson body, PathCall path, ClientCall client, UpstreamCall upstream, Map<String, String> defaults);

    /// The same once more, with the media that it needed.
    ///
    /// @param fetched by their URLs
    default TranslatedCall begin(
            RawJson body,
            PathCall path,
            ClientCall client,
            UpstreamCall upstream,
            Map<String, String> defaults,
            Map<String, Media.Inline> fetched) {
        return begin(body, path, client, upstream, defaults);
    }
}
