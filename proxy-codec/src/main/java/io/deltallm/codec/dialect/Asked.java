package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import java.util.Map;

/// What is to be carried to a provider.
///
/// @param body the client's whole body, sound JSON
/// @param client who waits for the reply
/// @param defaults JSON literals by OpenAI's field names, set where the client says nothing
/// @param fetched media from elsewhere by their URLs: none at first, then what the request turned out to need
public record Asked(
        RawJson body,
        PathCall path,
        ClientCall client,
        Map<String, String> defaults,
        Map<String, Media.Inline> fetched) {}
