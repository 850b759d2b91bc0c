package io.deltallm.codec.dialect.tgi;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// How an answer ended, and what it took.
///
/// @param promptTokens -1 where the server does not count them
record TgiDetails(String reason, long promptTokens, long generatedTokens) {

    static @Nullable TgiDetails read(JsonCursor cursor) {
        if (cursor.skipNull()) {
            return null;
        }
        String reason = null;
        long prompt = -1;
        long generated = 0;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "finish_reason" -> reason = cursor.stringOrNull();
                case "input_length" -> prompt = cursor.count();
                case "generated_tokens" -> generated = cursor.count();
                default -> {}
            }
        }
        return reason == null ? null : new TgiDetails(reason, prompt, generated);
    }

    void tell(ChatSink sink) {
        if (promptTokens >= 0) {
            long total = promptTokens + generatedTokens;
            sink.accept(new ChatEvent.Used(Usage.of(promptTokens, generatedTokens, total, 0, 0, false)));
        }
        sink.accept(new ChatEvent.Stopped(0, finish(), null));
    }

    private FinishReason finish() {
        return switch (reason) {
            case "length" -> FinishReason.LENGTH;
            case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
            default -> FinishReason.STOP;
        };
    }
}
