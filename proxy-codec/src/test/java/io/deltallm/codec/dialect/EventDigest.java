package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.GatewayError;
import org.jspecify.annotations.Nullable;

/// Digests the events of a reply.
public final class EventDigest implements ChatSink {
    private final DigestBuilder digest = new DigestBuilder();
    private @Nullable GatewayError failure;

    @Override
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.TextDelta(int choice, RawJson text) when choice == 0 -> digest.text.append(text.text());
            case ChatEvent.RefusalDelta(int choice, RawJson text) when choice == 0 -> digest.text.append(text.text());
            case ChatEvent.ThinkingDelta(int choice, RawJson text) when choice == 0 -> digest.thinking.append(text.text());
            case ChatEvent.ToolStarted(int choice, int tool, _, RawJson name, _) when choice == 0 ->
                digest.call(tool, name.text());
            case ChatEvent.ToolDelta(int choice, int tool, RawJson piece) when choice == 0 ->
                digest.arguments(tool, piece.text());
            case ChatEvent.ToolArguments(int choice, int tool, RawJson arguments) when choice == 0 ->
                digest.arguments(tool, arguments.json());
            case ChatEvent.Stopped(int choice, FinishReason reason, _) when choice == 0 -> digest.finish = word(reason);
            case ChatEvent.Used(Usage usage) -> {
                digest.promptTokens = usage.promptTokens();
                digest.completionTokens = usage.completionTokens();
            }
            case ChatEvent.Failed(GatewayError error) -> failure = error;
            default -> {}
        }
    }

    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, STOP_SEQUENCE, PAUSE, ERROR -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER, REFUSAL -> "content_filter";
        };
    }

    public @Nullable GatewayError failure() {
        return failure;
    }

    public ChatDigest digest() {
        return digest.build();
    }
}
