package io.deltallm.codec.chat;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How tokens are picked, and when to stop. What is null was not said.
///
/// @param maxTokens output tokens at most, thoughts included
/// @param n how many answers
/// @param logitBias a JSON object of OpenAI's form
public record Sampling(
        @Nullable Long maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Long topK,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Long seed,
        @Nullable Long n,
        List<String> stop,
        @Nullable Boolean logprobs,
        @Nullable Long topLogprobs,
        @Nullable RawJson logitBias) {

    public static final Sampling NONE =
            new Sampling(null, null, null, null, null, null, null, null, List.of(), null, null, null);

    public Sampling {
        stop = List.copyOf(stop);
    }

    public Sampling withMaxTokens(@Nullable Long limit) {
        return new Sampling(
                limit, temperature, topP, topK, frequencyPenalty, presencePenalty, seed, n, stop, logprobs, topLogprobs,
                logitBias);
    }

    /// For models that pick tokens as they like: without temperature and the like, and what comes of them.
    ///
    /// @param lost told the names of what was there, unless it asked for what happens anyway
    public Sampling withoutPicking(Consumer<String> lost) {
        Double warmth = usual("temperature", temperature, lost);
        Double share = usual("top_p", topP, lost);
        tell("top_k", topK != null, lost);
        tell("frequency_penalty", frequencyPenalty != null && frequencyPenalty != 0, lost);
        tell("presence_penalty", presencePenalty != null && presencePenalty != 0, lost);
        tell("stop", !stop.isEmpty(), lost);
        tell("logprobs", Boolean.TRUE.equals(logprobs) || topLogprobs != null, lost);
        tell("logit_bias", logitBias != null, lost);
        return new Sampling(maxTokens, warmth, share, null, null, null, seed, n, List.of(), null, null, null);
    }

    /// Such models take the value that they use anyway.
    private static @Nullable Double usual(String name, @Nullable Double value, Consumer<String> lost) {
        boolean other = value != null && value != 1;
        tell(name, other, lost);
        return other ? null : value;
    }

    private static void tell(String name, boolean said, Consumer<String> lost) {
        if (said) {
            lost.accept(name);
        }
    }
}
