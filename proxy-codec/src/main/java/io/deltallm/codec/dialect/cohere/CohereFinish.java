package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import org.jspecify.annotations.Nullable;

/// Tells how an answer ended, in both versions.
final class CohereFinish {

    private CohereFinish() {}

    /// @param message what the provider says of a failure
    static void tell(String reason, boolean calledTools, @Nullable String message, ChatSink sink) {
        switch (reason) {
            case "ERROR" -> sink.accept(failed(ErrorCode.PROVIDER_FAILED, message, "The provider reports an error"));
            case "TIMEOUT" ->
                sink.accept(failed(ErrorCode.UPSTREAM_TIMEOUT, message, "The provider ran out of time"));
            default -> sink.accept(new ChatEvent.Stopped(0, reason(reason, calledTools), null));
        }
    }

    private static ChatEvent.Failed failed(ErrorCode code, @Nullable String message, String otherwise) {
        return new ChatEvent.Failed(GatewayError.of(code, message == null || message.isBlank() ? otherwise : message));
    }

    private static FinishReason reason(String reason, boolean calledTools) {
        return switch (reason) {
            case "MAX_TOKENS", "ERROR_LIMIT" -> FinishReason.LENGTH;
            case "ERROR_TOXIC" -> FinishReason.CONTENT_FILTER;
            case "TOOL_CALL" -> FinishReason.TOOL_CALLS;
            case "STOP_SEQUENCE" -> FinishReason.STOP_SEQUENCE;
            default -> calledTools ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        };
    }
}
