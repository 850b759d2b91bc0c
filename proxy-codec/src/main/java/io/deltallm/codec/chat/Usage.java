package io.deltallm.codec.chat;

/// What an exchange used, in tokens, as its provider counted it.
///
/// @param promptTokens all input tokens, those read from and written to a cache included
/// @param completionTokens all output tokens, reasoning included
/// @param totalTokens as stated, or the sum where the provider states none
/// @param cachedTokens the part of the prompt that was read from the provider's cache
/// @param cacheWriteTokens the part of the prompt that was written to the provider's cache
/// @param reasoningTokens the part of the completion spent on reasoning
/// @param promptAudioTokens the part of the prompt that was sound
/// @param completionAudioTokens the part of the completion that is sound
/// @param estimated true where the provider did not tell all, and the gateway had to guess
public record Usage(
        long promptTokens,
        long completionTokens,
        long totalTokens,
        long cachedTokens,
        long cacheWriteTokens,
        long reasoningTokens,
        long promptAudioTokens,
        long completionAudioTokens,
        boolean estimated) {

    /// Without cache writes and sound.
    public static Usage of(
            long promptTokens,
            long completionTokens,
            long totalTokens,
            long cachedTokens,
            long reasoningTokens,
            boolean estimated) {
        return new Usage(
                promptTokens, completionTokens, totalTokens, cachedTokens, 0, reasoningTokens, 0, 0, estimated);
    }

    /// The same where the provider told all; where it told only what it wrote, with a guess at what it read.
    public Usage orGuessed(long guessedPromptTokens) {
        return estimated && promptTokens == 0 ? estimate(guessedPromptTokens, completionTokens) : this;
    }

    public static Usage estimate(long promptTokens, long completionTokens) {
        return of(promptTokens, completionTokens, promptTokens + completionTokens, 0, 0, true);
    }
}
