package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// Tells a reply of text, plain or in pieces: what Titan and Llama have in common. Confined to one attempt.
final class InvokeReply {
    /// Beside the model's own members, where a guardrail was at work.
    static final String GUARDRAIL = "amazon-bedrock-guardrailAction";

    private boolean started;
    private boolean stopped;
    private boolean failed;
    private boolean intervened;
    private long promptTokens;
    private long completionTokens;

    void start(ChatSink sink) {
        if (!started) {
            started = true;
            sink.accept(new ChatEvent.Started(null, null));
        }
    }

    void text(@Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
    }

    void promptTokens(long count) {
        promptTokens = Math.max(promptTokens, count);
    }

    void completionTokens(long count) {
        completionTokens = Math.max(completionTokens, count);
    }

    /// @param cursor at the value of [#GUARDRAIL]
    void guardrail(JsonCursor cursor) {
        intervened |= "INTERVENED".equals(cursor.stringOrNull());
    }

    /// What the last piece of a stream holds beside the model's own.
    void metrics(JsonCursor cursor) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "inputTokenCount" -> promptTokens(cursor.count());
                case "outputTokenCount" -> completionTokens(cursor.count());
                default -> {}
            }
        }
    }

    void stop(FinishReason reason, ChatSink sink) {
        if (stopped) {
            return;
        }
        stopped = true;
        if (promptTokens > 0 || completionTokens > 0) {
            sink.accept(new ChatEvent.Used(
                    Usage.of(promptTokens, completionTokens, promptTokens + completionTokens, 0, 0, false)));
        }
        sink.accept(new ChatEvent.Stopped(0, intervened ? FinishReason.CONTENT_FILTER : reason, null));
    }

    void fail(ChatEvent.Failed failure, ChatSink sink) {
        failed = true;
        sink.accept(failure);
    }

    /// What a guardrail has blocked does not say why it ended.
    void end(ChatSink sink) {
        if (intervened) {
            stop(FinishReason.CONTENT_FILTER, sink);
        } else if (!stopped && !failed) {
            sink.accept(new ChatEvent.Failed(BedrockErrors.cutShort()));
        }
    }
}
