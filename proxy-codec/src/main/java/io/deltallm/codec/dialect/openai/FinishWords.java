package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import org.jspecify.annotations.Nullable;

/// The words for how an answer ended, of OpenAI and of those who speak its format with an accent. Stateless.
final class FinishWords {

    private FinishWords() {}

    /// What a provider's word means; null for none at all: `null` and the empty string say that the answer goes on.
    static @Nullable FinishReason read(@Nullable RawJson word) {
        if (word == null || !word.isString() || word.isEmptyString()) {
            return null;
        }
        return switch (word.text()) {
            case "length", "max_tokens", "MAX_TOKENS", "max_output_tokens", "model_length", "insufficient_system_resource" ->
                FinishReason.LENGTH;
            case "tool_calls", "tool_use", "function_call" -> FinishReason.TOOL_CALLS;
            case "content_filter", "content_filtered", "guardrail_intervened", "sensitive", "safety", "SAFETY",
                    "RECITATION", "PROHIBITED_CONTENT" -> FinishReason.CONTENT_FILTER;
            case "refusal" -> FinishReason.REFUSAL;
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            case "error", "network_error" -> FinishReason.ERROR;
            default -> FinishReason.STOP;
        };
    }

    /// One of the words that OpenAI's document allows.
    static String write(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, PAUSE, ERROR -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
        };
    }

    /// The same for legacy completions, which know no tools.
    static String writeForText(FinishReason reason) {
        return reason == FinishReason.TOOL_CALLS ? "stop" : write(reason);
    }
}
