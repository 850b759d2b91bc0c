package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request fields that say how tokens are picked, gathered one by one. Confined to one request.
final class SamplingFields {
    private @Nullable Long maxTokens;
    private @Nullable Long maxCompletionTokens;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Long topK;
    private @Nullable Double frequencyPenalty;
    private @Nullable Double presencePenalty;
    private @Nullable Long seed;
    private @Nullable Long n;
    private List<String> stop = List.of();
    private @Nullable Boolean logprobs;
    private @Nullable Long topLogprobs;
    private @Nullable RawJson logitBias;

    /// Reads the field's value, if it is one of these: whether it is.
    boolean take(String name, JsonCursor body) {
        switch (name) {
            case "max_tokens" -> maxTokens = positive(name, body);
            case "max_completion_tokens" -> maxCompletionTokens = positive(name, body);
            case "temperature" -> temperature = body.doubleOrNull();
            case "top_p" -> topP = body.doubleOrNull();
            case "top_k" -> topK = body.longOrNull();
            case "frequency_penalty" -> frequencyPenalty = body.doubleOrNull();
            case "presence_penalty" -> presencePenalty = body.doubleOrNull();
            case "seed", "random_seed" -> seed = body.longOrNull();
            case "n" -> n = positive(name, body);
            case "stop" -> stop = stop(body);
            case "logprobs" -> logprobs = body.booleanOrNull();
            case "top_logprobs" -> topLogprobs = body.longOrNull();
            case "logit_bias" -> logitBias = logitBias(body);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Long positive(String name, JsonCursor body) {
        Long value = body.longOrNull();
        if (value != null && value < 1) {
            throw Refused.request(name + " is " + value + " (expected: a number above 0)", name);
        }
        return value;
    }

    private static List<String> stop(JsonCursor body) {
        List<String> sequences = new ArrayList<>();
        switch (body.kind()) {
            case NULL -> body.skipNull();
            case ARRAY -> {
                body.array();
                while (body.element()) {
                    sequences.add(body.string());
                }
            }
            default -> sequences.add(body.string());
        }
        return sequences;
    }

    private static @Nullable RawJson logitBias(JsonCursor body) {
        if (body.skipNull()) {
            return null;
        }
        if (body.kind() != JsonKind.OBJECT) {
            throw body.problem("is " + body.kind().described() + " (expected: an object of numbers by token)");
        }
        RawJson bias = body.raw();
        return bias.length() == 2 ? null : bias;
    }

    Sampling sampling() {
        if (maxTokens != null && maxCompletionTokens != null) {
            throw Refused.request(
                    "max_tokens and max_completion_tokens are both set (expected: max_completion_tokens alone)",
                    "max_tokens");
        }
        return new Sampling(
                maxCompletionTokens != null ? maxCompletionTokens : maxTokens,
                temperature,
                topP,
                topK,
                frequencyPenalty,
                presencePenalty,
                seed,
                n,
                stop,
                logprobs,
                topLogprobs,
                logitBias);
    }
}
