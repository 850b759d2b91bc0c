package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import org.jspecify.annotations.Nullable;

/// Tells pieces of text, where there is any.
final class CohereText {

    private CohereText() {}

    static void said(@Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.TextDelta(0, text));
        }
    }

    static void thought(@Nullable RawJson text, ChatSink sink) {
        if (text != null && !text.isEmptyString()) {
            sink.accept(new ChatEvent.ThinkingDelta(0, text));
        }
    }
}
