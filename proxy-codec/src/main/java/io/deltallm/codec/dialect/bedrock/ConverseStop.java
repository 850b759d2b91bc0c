package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads why an answer ended.
final class ConverseStop {

    private ConverseStop() {}

    static FinishReason reason(String stopReason, boolean calledTools) {
        return switch (stopReason) {
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "guardrail_intervened", "content_filtered" -> FinishReason.CONTENT_FILTER;
            case "refusal" -> FinishReason.REFUSAL;
            case "pause_turn" -> FinishReason.PAUSE;
            default -> {
                if (calledTools) {
                    yield FinishReason.TOOL_CALLS;
                }
                yield stopReason.equals("stop_sequence") ? FinishReason.STOP_SEQUENCE : FinishReason.STOP;
            }
        };
    }

    /// The sequence in `additionalModelResponseFields`; null where it is not there.
    static @Nullable RawJson sequence(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.OBJECT) {
            cursor.skip();
            return null;
        }
        RawJson sequence = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("stop_sequence")) {
                sequence = cursor.rawStringOrNull();
            }
        }
        return sequence;
    }
}
