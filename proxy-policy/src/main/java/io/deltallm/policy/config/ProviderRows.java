package io.deltallm.policy.config;

import io.deltallm.codec.provider.Provider.StreamUsage;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The providers that are known by a prefix of the model name.
interface ProviderRows {
    /// The row of a prefix (`groq` of `groq/llama-3.3`), null if it is none.
    @Nullable Row row(String prefix);

    /// @param keyHeader the header that carries the key alone; null for `Authorization: Bearer`
    /// @param keyVariable where its key is usually found; empty for none
    /// @param baseVariable where its address is usually found
    record Row(
            String name,
            URI baseUri,
            boolean needsKey,
            @Nullable String keyHeader,
            String keyVariable,
            @Nullable String baseVariable,
            StreamUsage streamUsage,
            Map<String, String> headers) {}
}
