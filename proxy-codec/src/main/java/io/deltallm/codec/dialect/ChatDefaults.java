package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.json.JsonCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fills what the client left out from a model's configured defaults, which bear OpenAI's names.
final class ChatDefaults {

    private ChatDefaults() {}

    static ChatRequest fill(ChatRequest request, Map<String, String> defaults) {
        if (defaults.isEmpty()) {
            return request;
        }
        Sampling own = request.sampling();
        Sampling sampling = new Sampling(
                or(own.maxTokens(), whole(defaults, "max_completion_tokens"), whole(defaults, "max_tokens")),
                or(own.temperature(), number(defaults, "temperature")),
                or(own.topP(), number(defaults, "top_p")),
                or(own.topK(), whole(defaults, "top_k")),
                or(own.frequencyPenalty(), number(defaults, "frequency_penalty")),
                or(own.presencePenalty(), number(defaults, "presence_penalty")),
                or(own.seed(), whole(defaults, "seed")),
                or(own.n(), whole(defaults, "n")),
                own.stop(),
                own.logprobs(),
                own.topLogprobs(),
                own.logitBias());
        return request.withSampling(sampling)
                .withReasoning(reasoning(request.reasoning(), defaults))
                .withExtras(extras(request.extras(), defaults));
    }

    private static @Nullable Reasoning reasoning(@Nullable Reasoning own, Map<String, String> defaults) {
        String effort = defaults.get("reasoning_effort");
        return own != null || effort == null ? own : new Reasoning(cursor(effort).anyText(), null, null);
    }

    /// What is no field of the hub travels as a field of the request.
    private static Map<String, RawJson> extras(Map<String, RawJson> own, Map<String, String> defaults) {
        Map<String, RawJson> all = new LinkedHashMap<>(own);
        defaults.forEach((name, literal) -> {
            if (!HubFields.NAMES.contains(name)) {
                all.putIfAbsent(name, RawJson.ofLiteral(literal));
            }
        });
        return all;
    }

    private static @Nullable Long whole(Map<String, String> defaults, String name) {
        String literal = defaults.get(name);
        return literal == null ? null : cursor(literal).longOrNull();
    }

    private static @Nullable Double number(Map<String, String> defaults, String name) {
        String literal = defaults.get(name);
        return literal == null ? null : cursor(literal).doubleOrNull();
    }

    private static JsonCursor cursor(String literal) {
        return new JsonCursor().over(RawJson.ofLiteral(literal));
    }

    @SafeVarargs
    private static <T> @Nullable T or(@Nullable T... values) {
        for (T value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
