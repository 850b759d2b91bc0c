package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// The members of one of the `choices`, unread. Confined to one attempt and reused.
final class ChoiceFields {
    private final JsonCursor cursor = new JsonCursor();

    private int index;
    private @Nullable RawJson delta;
    private @Nullable RawJson message;
    private @Nullable RawJson logprobs;
    private @Nullable RawJson finish;
    private @Nullable RawJson error;

    /// @param position stands for the index where a host leaves it out
    void read(RawJson object, int position) {
        index = position;
        delta = message = logprobs = finish = error = null;
        cursor.over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "index" -> index = cursor.kind() == JsonKind.NUMBER ? (int) cursor.longValue() : position;
                case "delta" -> delta = objectOrNull();
                case "message" -> message = objectOrNull();
                case "logprobs" -> logprobs = objectOrNull();
                case "finish_reason" -> finish = cursor.isNull() ? null : cursor.raw();
                case "error" -> error = cursor.isNull() ? null : cursor.raw();
                default -> {}
            }
        }
    }

    private @Nullable RawJson objectOrNull() {
        return cursor.kind() == JsonKind.OBJECT ? cursor.raw() : null;
    }

    int index() {
        return index;
    }

    /// What is new. Perplexity has beside it the message so far.
    @Nullable RawJson said() {
        return delta != null ? delta : message;
    }

    /// Whether [#said] is the message from its beginning to its end.
    boolean whole() {
        return delta == null;
    }

    @Nullable RawJson logprobs() {
        return logprobs;
    }

    @Nullable RawJson finish() {
        return finish;
    }

    @Nullable RawJson error() {
        return error;
    }
}
