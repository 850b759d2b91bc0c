package io.deltallm.codec.dialect;

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
    TranslatedCall begin(
            RawJson body, PathCall path, ClientCall client, UpstreamCall upstream, Map<String, String> defaults);
}
