package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Sources in the two forms that OpenAI gives them: in chats `{"type":"url_citation","url_citation":{…}}`, here
/// `{"type":"url_citation",…}`. Stateless.
final class Annotations {

    private Annotations() {}

    /// From a chat's form to this format's, in bytes of its own.
    static RawJson flat(RawJson annotation) {
        String type = type(annotation);
        RawJson inner = type == null ? null : member(annotation, type);
        if (type == null || inner == null || !inner.isObject()) {
            return annotation.copy();
        }
        JsonOutput out = new JsonOutput().beginObject().member("type", type);
        copyMembers(inner, out);
        return out.endObject().toRaw();
    }

    /// From this format's form to a chat's.
    static RawJson nested(RawJson annotation) {
        String type = type(annotation);
        if (type == null || member(annotation, type) != null) {
            return annotation;
        }
        JsonOutput out = new JsonOutput().beginObject().member("type", type).anyName(type).beginObject();
        copyMembers(annotation, out);
        return out.endObject().endObject().toRaw();
    }

    private static @Nullable String type(RawJson annotation) {
        RawJson type = member(annotation, "type");
        return type == null || !type.isString() ? null : type.text();
    }

    private static @Nullable RawJson member(RawJson object, String wanted) {
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals(wanted)) {
                return cursor.raw();
            }
        }
        return null;
    }

    private static void copyMembers(RawJson object, JsonOutput out) {
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (!name.equals("type")) {
                out.anyName(name).value(cursor.raw());
            }
        }
    }
}
