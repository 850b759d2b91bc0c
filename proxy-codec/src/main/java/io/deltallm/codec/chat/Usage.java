package io.deltallm.codec.chat;

/// What an exchange used, in tokens, as its provider counted it.
///
/// @param promptTokens all input tokens, cached ones included
/// @param completionTokens all output tokens, reasoning included
/// @param totalTokens as stated, or the sum where the provider states none
/// @param cachedTokens the part of the prompt that was read from the provider's cache
/// @param reasoningTokens the part of the completion spent on reasoning
/// @param estimated true where the provider said nothing and the gateway had to guess
public record Usage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        long cachedTokens,
        long reasoningTokens,
        boolean estimated) {

    public static Usage estimate(long promptTokens, long completionTokens) {
        return new Usage(promptTokens, completionTokens, promptTokens + completionTokens, 0, 0, true);
    }
}
