package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes how tokens are picked, in the host's words. Confined to one request.
final class SamplingWriter {
    private static final int MOST_STOPS = 4;

    private final Target target;

    SamplingWriter(Target target) {
        this.target = target;
    }

    /// @param thinks whether the model thinks about it, and hence picks tokens as it likes
    void write(Sampling sampling, boolean thinks, JsonOutput out) {
        if (thinks) {
            told(sampling.withoutPicking(target::lost), out);
        } else {
            told(sampling, out);
        }
    }

    private void told(Sampling sampling, JsonOutput out) {
        out.optional(limitName(), sampling.maxTokens());
        out.optional("temperature", sampling.temperature());
        out.optional("top_p", sampling.topP());
        unless(target.strict(), "top_k", sampling.topK(), out);
        penalty("frequency_penalty", sampling.frequencyPenalty(), out);
        penalty("presence_penalty", sampling.presencePenalty(), out);
        seed(sampling.seed(), out);
        choices(sampling.n(), out);
        stop(sampling.stop(), out);
        likelihoods(sampling, out);
    }

    private String limitName() {
        boolean old = target.has(Quirk.MAX_TOKENS_ONLY) || !target.reasoningModel();
        return old ? "max_tokens" : "max_completion_tokens";
    }

    private void unless(boolean refused, String name, @Nullable Long value, JsonOutput out) {
        if (!refused) {
            out.optional(name, value);
        } else if (value != null) {
            target.lost(name);
        }
    }

    private void penalty(String name, @Nullable Double value, JsonOutput out) {
        if (!target.has(Quirk.NO_PENALTIES)) {
            out.optional(name, value);
        } else if (value != null && value != 0) {
            target.lost(name);
        }
    }

    private void seed(@Nullable Long seed, JsonOutput out) {
        if (target.has(Quirk.RANDOM_SEED)) {
            out.optional("random_seed", seed);
        } else {
            unless(target.has(Quirk.NO_SEED), "seed", seed, out);
        }
    }

    private void choices(@Nullable Long n, JsonOutput out) {
        if (n != null && n == 1 && target.has(Quirk.NO_CHOICES)) {
            return;
        }
        unless(target.has(Quirk.NO_CHOICES), "n", n, out);
    }

    private void stop(List<String> sequences, JsonOutput out) {
        if (sequences.isEmpty()) {
            return;
        }
        out.name("stop").beginArray();
        boolean limited = target.openAi() && sequences.size() > MOST_STOPS;
        for (String sequence : limited ? sequences.subList(0, MOST_STOPS) : sequences) {
            out.value(sequence);
        }
        out.endArray();
        if (limited) {
            target.lost("stop");
        }
    }

    private void likelihoods(Sampling sampling, JsonOutput out) {
        boolean wanted = Boolean.TRUE.equals(sampling.logprobs()) || sampling.topLogprobs() != null;
        if (!target.has(Quirk.NO_LOGPROBS)) {
            out.optional("logprobs", sampling.logprobs()).optional("top_logprobs", sampling.topLogprobs());
        } else if (wanted) {
            target.lost("logprobs");
        }
        if (!target.has(Quirk.NO_LOGIT_BIAS)) {
            out.optional("logit_bias", sampling.logitBias());
        } else if (sampling.logitBias() != null) {
            target.lost("logit_bias");
        }
    }
}
