package io.deltallm.policy.model;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Quirk;
import io.deltallm.policy.spend.Ability;
import io.deltallm.policy.spend.ModelFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which fields of OpenAI's chat requests have an effect at a target.
final class OpenAiParameters {
    private static final List<String> EVERYWHERE =
            List.of("stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p", "stop");
    private static final List<String> OPENAI = List.of(
            "n", "seed", "frequency_penalty", "presence_penalty", "logit_bias", "logprobs", "top_logprobs", "user",
            "response_format");
    private static final List<String> TOOLS = List.of("tools", "tool_choice", "parallel_tool_calls");

    /// Fields that formats other than OpenAI's have, too.
    private static final Map<Operation, List<String>> OTHERS = Map.of(
            Operation.MESSAGES, List.of("response_format", "user"),
            Operation.GENERATE_CONTENT, List.of("n", "seed", "frequency_penalty", "presence_penalty", "logprobs", "top_logprobs",
                    "response_format"),
            Operation.CONVERSE, List.of("response_format"),
            Operation.COHERE_CHAT, List.of("seed", "frequency_penalty", "presence_penalty", "logprobs", "response_format"),
            Operation.OLLAMA_CHAT, List.of("seed", "response_format"));

    private static final Map<Quirk, List<String>> REFUSED = Map.of(
            Quirk.NO_CHOICES, List.of("n"),
            Quirk.NO_SEED, List.of("seed"),
            Quirk.NO_PENALTIES, List.of("frequency_penalty", "presence_penalty"),
            Quirk.NO_LOGIT_BIAS, List.of("logit_bias"),
            Quirk.NO_LOGPROBS, List.of("logprobs", "top_logprobs"),
            Quirk.NO_USER, List.of("user"),
            Quirk.NO_TOOLS, TOOLS,
            Quirk.NO_PARALLEL_SWITCH, List.of("parallel_tool_calls"));

    private OpenAiParameters() {}

    /// Empty for what is no chat.
    static List<String> of(Provider provider, ModelFacts facts) {
        List<String> fields = new ArrayList<>();
        if (provider.endpoint(Operation.CHAT_COMPLETIONS) != null) {
            fields.addAll(EVERYWHERE);
            fields.addAll(OPENAI);
        } else {
            OTHERS.forEach((operation, more) -> {
                if (provider.endpoint(operation) != null) {
                    fields.addAll(EVERYWHERE);
                    fields.addAll(more);
                }
            });
        }
        if (fields.isEmpty()) {
            return fields;
        }
        // Of a model that is in no book it is not known that it cannot.
        if (!facts.price().isKnown() || facts.abilities().contains(Ability.TOOLS)) {
            fields.addAll(TOOLS);
        }
        if (facts.abilities().contains(Ability.REASONING)) {
            fields.add("reasoning_effort");
        }
        REFUSED.forEach((quirk, refused) -> {
            if (provider.quirks().contains(quirk)) {
                fields.removeAll(refused);
            }
        });
        return fields;
    }
}
