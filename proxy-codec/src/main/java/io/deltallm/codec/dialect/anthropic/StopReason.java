package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import org.jspecify.annotations.Nullable;

/// The table of stop reasons. Stateless.
final class StopReason {

    private StopReason() {}

    /// What Anthropic's word means; what is new to it counts as complete.
    ///
    /// @param called whether the answer calls tools of the client's
    /// @param answeredByTool whether the answer was made by [ToolNames#ANSWER]
    static FinishReason read(@Nullable RawJson reason, boolean called, boolean answeredByTool) {
        FinishReason read = switch (reason == null || !reason.isString() ? "" : reason.text()) {
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
            case "tool_use" -> FinishReason.TOOL_CALLS;
            case "refusal" -> FinishReason.CONTENT_FILTER;
            case "pause_turn", "compaction" -> FinishReason.PAUSE;
            default -> FinishReason.STOP;
        };
        if (read == FinishReason.STOP && called) {
            return FinishReason.TOOL_CALLS;
        }
        return read == FinishReason.TOOL_CALLS && answeredByTool && !called ? FinishReason.STOP : read;
    }

    /// Tells in the provider's words why it refused, which OpenAI's clients look for beside the answer.
    ///
    /// @param details `{"type":"refusal","category","explanation"}`
    static void explain(FinishReason reason, @Nullable RawJson details, ChatSink sink) {
        if (reason != FinishReason.CONTENT_FILTER || details == null || !details.isObject()) {
            return;
        }
        RawJson explanation = Block.child(details, "explanation");
        if (explanation != null && explanation.isString() && !explanation.isEmptyString()) {
            sink.accept(new ChatEvent.RefusalDelta(0, explanation));
        }
    }

    static String written(FinishReason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER, REFUSAL -> "refusal";
            case PAUSE -> "pause_turn";
            // Anthropic has no word for it, and what broke off must not look whole.
            case ERROR -> throw new Refused(
                    GatewayError.of(ErrorCode.PROVIDER_FAILED, "The provider failed in the middle of its answer"));
        };
    }
}
