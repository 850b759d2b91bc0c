package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// The members of one of the `choices`, unread. Confined to one attempt and reused.
final class ChoiceFields {
    private static final int MOST_CHOICES = 256;

    private final boolean streamed;

    private int index;
    private @Nullable RawJson delta;
    private @Nullable RawJson message;
    private @Nullable RawJson logprobs;
    private @Nullable RawJson finish;
    private @Nullable RawJson error;

    /// @param streamed whether it is of an event of a stream
    ChoiceFields(boolean streamed) {
        this.streamed = streamed;
    }

    /// @param cursor at the object
    /// @param position stands for the index where a host leaves it out
    void read(JsonCursor cursor, int position) {
        index = Math.min(position, MOST_CHOICES - 1);
        delta = message = logprobs = finish = error = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "index" -> index = cursor.kind() == JsonKind.NUMBER ? index(cursor) : position;
                case "delta" -> delta = objectOrNull(cursor);
                case "message" -> message = objectOrNull(cursor);
                case "logprobs" -> logprobs = objectOrNull(cursor);
                case "finish_reason" -> finish = cursor.isNull() ? null : cursor.raw();
                case "error" -> error = cursor.isNull() ? null : cursor.raw();
                default -> {}
            }
        }
    }

    /// Whoever writes the answers keeps something of each.
    private static int index(JsonCursor cursor) {
        long index = cursor.longValue();
        if (index < 0 || index >= MOST_CHOICES) {
            throw cursor.problem("is " + index + " (expected: 0 to " + (MOST_CHOICES - 1) + ")");
        }
        return (int) index;
    }

    private static @Nullable RawJson objectOrNull(JsonCursor cursor) {
        return cursor.kind() == JsonKind.OBJECT ? cursor.raw() : null;
    }

    int index() {
        return index;
    }

    /// What is new. Perplexity has both: in a stream the message so far beside it, in a plain reply a delta of nothing.
    @Nullable RawJson said() {
        return whole() ? message : delta;
    }

    /// Whether [#said] is the message from its beginning to its end.
    boolean whole() {
        return delta == null || (!streamed && message != null);
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
