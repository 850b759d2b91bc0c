package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What of a model's configured defaults joins a body of an operation that is relayed. Defaults bear the names of OpenAI's
/// chat, and providers refuse names that they do not know: the same thing has another name elsewhere, or none. Names that are
/// not OpenAI's are the provider's, and join whatever they are. Stateless.
public final class DefaultFields {
    private static final String MAX_TOKENS = "max_tokens";
    private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    private static final String MAX_OUTPUT_TOKENS = "max_output_tokens";

    private static final Set<String> NOT_CHATS = Set.of(MAX_OUTPUT_TOKENS, "instructions", "truncation");
    private static final Set<String> NOT_COMPLETIONS = Set.of(
            MAX_OUTPUT_TOKENS, "instructions", "truncation", "logprobs", "top_logprobs", "response_format", "tools",
            "tool_choice", "parallel_tool_calls", "reasoning_effort", "verbosity", "modalities", "prediction", "store",
            "metadata", "prompt_cache_key", "web_search_options", "thinking");
    private static final Set<String> NOT_RESPONSES = Set.of(
            "top_k", "min_p", "repetition_penalty", "presence_penalty", "frequency_penalty", "n", "stop", "seed", "logit_bias",
            "logprobs", "response_format", "tools", "tool_choice", "modalities", "prediction", "web_search_options", "thinking");
    /// Of texts that a model writes.
    private static final Set<String> WRITING = Set.of(
            MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS, "temperature", "top_p", "top_k", "min_p", "repetition_penalty",
            "presence_penalty", "frequency_penalty", "stop", "logit_bias", "logprobs", "top_logprobs", "tools", "tool_choice",
            "parallel_tool_calls", "reasoning_effort", "verbosity", "modalities", "prediction", "store", "prompt_cache_key",
            "web_search_options", "thinking", "truncation");
    private static final Set<String> ANTHROPICS =
            Set.of(MAX_TOKENS, "temperature", "top_p", "top_k", "stop_sequences", "thinking", "metadata", "service_tier");

    private DefaultFields() {}

    /// @param model the provider's name of it
    /// @param defaults JSON literals by OpenAI's names
    /// @return JSON literals by the operation's names
    public static Map<String, String> of(Operation operation, String model, Map<String, String> defaults) {
        if (defaults.isEmpty()) {
            return defaults;
        }
        Map<String, String> fields = new LinkedHashMap<>(defaults);
        switch (operation) {
            case CHAT_COMPLETIONS -> chat(fields, model);
            case COMPLETIONS -> {
                rename(fields, MAX_COMPLETION_TOKENS, MAX_TOKENS);
                fields.keySet().removeAll(NOT_COMPLETIONS);
            }
            case RESPONSES -> responses(fields);
            case MESSAGES -> messages(fields);
            case MESSAGES_COUNT_TOKENS -> fields.clear();
            default -> fields.keySet().removeAll(WRITING);
        }
        return fields;
    }

    /// Of the two limits only one may be given, and models that can think know only the newer.
    private static void chat(Map<String, String> fields, String model) {
        fields.keySet().removeAll(NOT_CHATS);
        String older = fields.get(MAX_TOKENS);
        if (older != null && OpenAiModel.canThink(model)) {
            fields.putIfAbsent(MAX_COMPLETION_TOKENS, older);
        }
        if (fields.containsKey(MAX_COMPLETION_TOKENS)) {
            fields.remove(MAX_TOKENS);
        }
    }

    private static void responses(Map<String, String> fields) {
        rename(fields, MAX_TOKENS, MAX_OUTPUT_TOKENS);
        rename(fields, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS);
        wrap(fields, "reasoning_effort", "reasoning", "effort");
        wrap(fields, "verbosity", "text", "verbosity");
        fields.keySet().removeAll(NOT_RESPONSES);
    }

    private static void messages(Map<String, String> fields) {
        rename(fields, MAX_COMPLETION_TOKENS, MAX_TOKENS);
        String stop = fields.get("stop");
        if (stop != null) {
            fields.putIfAbsent("stop_sequences", stop.startsWith("\"") ? "[" + stop + "]" : stop);
        }
        fields.keySet().retainAll(ANTHROPICS);
    }

    /// What stands under the new name already gives way: the name that is renamed last is the newest.
    private static void rename(Map<String, String> fields, String from, String to) {
        String literal = fields.remove(from);
        if (literal != null) {
            fields.put(to, literal);
        }
    }

    private static void wrap(Map<String, String> fields, String name, String object, String member) {
        String literal = fields.remove(name);
        if (literal != null) {
            fields.putIfAbsent(object, "{" + JsonString.quoted(member) + ":" + literal + "}");
        }
    }
}
