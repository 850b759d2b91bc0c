package io.deltallm.codec.chat;

import org.jspecify.annotations.Nullable;

/// Marks the end of a prompt prefix that the provider should keep (Anthropic's `cache_control`, Bedrock's `cachePoint`).
///
/// @param ttl `5m` or `1h`; null for the provider's default
public record CacheMark(@Nullable String ttl) {
    public static final CacheMark DEFAULT = new CacheMark(null);
}
