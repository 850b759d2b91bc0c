package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// The logprobs of several pieces as one. Confined to one exchange.
final class KeptLogprobs {
    private final JsonCursor cursor = new JsonCursor();
    private @Nullable JsonOutput content;
    private @Nullable JsonOutput refusal;

    void add(RawJson logprobs) {
        cursor.over(logprobs);
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "content" -> content = all(content);
                case "refusal" -> refusal = all(refusal);
                default -> {}
            }
        }
    }

    private @Nullable JsonOutput all(@Nullable JsonOutput before) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return before;
        }
        JsonOutput list = before == null ? new JsonOutput().beginArray() : before;
        cursor.array();
        while (cursor.element()) {
            list.value(cursor.raw());
        }
        return list;
    }

    boolean isEmpty() {
        return content == null && refusal == null;
    }

    /// Writes what there is, both halves even where one is empty, and forgets it.
    void take(JsonOutput out) {
        if (isEmpty()) {
            out.nullValue();
            return;
        }
        out.beginObject();
        list(content, out.name("content"));
        list(refusal, out.name("refusal"));
        out.endObject();
        content = refusal = null;
    }

    private static void list(@Nullable JsonOutput list, JsonOutput out) {
        if (list == null) {
            out.nullValue();
        } else {
            out.value(list.endArray().toRaw());
        }
    }
}
