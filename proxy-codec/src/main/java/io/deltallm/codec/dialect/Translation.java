package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;

/// Carries requests of one wire format to a provider of another, and the replies back. Stateless, thread-safe; one a
/// pair of [Operation]s.
public interface Translation {

    /// What the provider is asked for.
    Operation to();

    /// Reads the client's request and writes the provider's.
    ///
    /// @throws Refused if the request cannot be carried over
    /// @throws MediaNeeded if it can only be with media from elsewhere
    TranslatedCall begin(Asked asked, UpstreamCall upstream);
}
