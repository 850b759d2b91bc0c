package io.deltallm.codec.dialect.watsonx;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// The results of text generation. The prompt's tokens are counted in the first piece only, those of the answer in each,
/// growing. Confined to one attempt.
final class WatsonxResults {
    private final JsonCursor cursor;

    private @Nullable FinishReason reason;
    private long prompt;
    private long completion;

    WatsonxResults(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void tell(RawJson results, ChatSink sink) {
        cursor.over(results).array();
        while (cursor.element()) {
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "generated_text" -> said(cursor.rawStringOrNull(), sink);
                    case "generated_token_count" -> completion = Math.max(completion, cursor.count());
                    case "input_token_count" -> prompt = Math.max(prompt, cursor.count());
                    case "stop_reason" -> stopped(cursor.stringOrNull());
                    default -> {}
                }
            }
        }
    }

    private static void said(@Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
    }

    private void stopped(@Nullable String why) {
        reason = switch (why) {
            case null -> reason;
            case "not_finished", "NOT_FINISHED" -> reason;
            case "max_tokens", "MAX_TOKENS", "token_limit", "time_limit" -> FinishReason.LENGTH;
            case "stop_sequence", "STOP_SEQUENCE" -> FinishReason.STOP_SEQUENCE;
            case "error", "ERROR", "cancelled", "CANCELLED" -> FinishReason.ERROR;
            default -> FinishReason.STOP;
        };
    }

    /// False where the answer has not ended.
    boolean finish(ChatSink sink) {
        if (reason == null) {
            return false;
        }
        sink.accept(new ChatEvent.Used(Usage.of(prompt, completion, prompt + completion, 0, 0, false)));
        sink.accept(new ChatEvent.Stopped(0, reason, null));
        return true;
    }
}
