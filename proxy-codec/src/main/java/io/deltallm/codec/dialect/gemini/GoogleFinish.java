package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.FinishReason;

/// Google's `finishReason`, both ways. Stateless.
final class GoogleFinish {
    /// What Google itself says of a call that is no JSON.
    static final String MALFORMED_CALL = "MALFORMED_FUNCTION_CALL";

    private GoogleFinish() {}

    /// @param name its name; its number where a client asked for numbers
    /// @param called whether the answer has a tool call: Google has no word of its own for that
    static FinishReason read(String name, boolean called) {
        return switch (name) {
            case "MAX_TOKENS", "2" -> FinishReason.LENGTH;
            case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR", "LANGUAGE", "3", "4", "6", "7", "8" ->
                FinishReason.CONTENT_FILTER;
            default -> called ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        };
    }

    static String written(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "STOP";
            case LENGTH -> "MAX_TOKENS";
            case CONTENT_FILTER, REFUSAL -> "SAFETY";
            case ERROR -> "OTHER";
        };
    }
}
