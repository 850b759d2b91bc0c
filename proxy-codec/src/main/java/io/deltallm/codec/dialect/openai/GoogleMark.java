package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Gemini's mark on a tool call, as Google's own OpenAI endpoint carries it:
/// `"extra_content":{"google":{"thought_signature":"…"}}`. Stateless.
final class GoogleMark {

    private GoogleMark() {}

    /// The mark within the value of `extra_content`, a JSON string.
    static @Nullable RawJson read(JsonCursor cursor) {
        return within(cursor, "google");
    }

    private static @Nullable RawJson within(JsonCursor cursor, String member) {
        RawJson found = null;
        if (cursor.kind() != JsonKind.OBJECT) {
            return null;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals(member)) {
                found = name.equals("google") ? within(cursor, "thought_signature") : AnswerReader.filled(cursor);
            }
        }
        return found;
    }

    static void write(@Nullable RawJson signature, JsonOutput out) {
        if (signature != null) {
            out.name("extra_content").beginObject();
            out.name("google").beginObject().member("thought_signature", signature).endObject();
            out.endObject();
        }
    }
}
