package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.UpstreamCall;
import org.jspecify.annotations.Nullable;

/// What no model of Bedrock takes from a chat.
final class BedrockLosses {

    private BedrockLosses() {}

    static void tellSampling(ChatRequest request, UpstreamCall call) {
        Sampling sampling = request.sampling();
        Long n = sampling.n();
        tellIf(n != null && n > 1, "n", call);
        tellIf(sampling.seed() != null, "seed", call);
        tellIf(isSet(sampling.frequencyPenalty()), "frequency_penalty", call);
        tellIf(isSet(sampling.presencePenalty()), "presence_penalty", call);
        tellIf(sampling.logitBias() != null, "logit_bias", call);
        tellIf(Boolean.TRUE.equals(sampling.logprobs()), "logprobs", call);
        tellIf(sampling.topLogprobs() != null && sampling.topLogprobs() > 0, "top_logprobs", call);
        tellIf(request.user() != null, "user", call);
    }

    private static boolean isSet(@Nullable Double penalty) {
        return penalty != null && penalty != 0;
    }

    static void tellIf(boolean lost, String parameter, UpstreamCall call) {
        if (lost) {
            call.lost(parameter);
        }
    }
}
