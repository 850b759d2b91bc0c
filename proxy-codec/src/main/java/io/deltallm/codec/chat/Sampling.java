package io.deltallm.codec.chat;

import java.util.List;
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
}
