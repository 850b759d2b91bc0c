package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import org.jspecify.annotations.Nullable;

/// The members of a content block, of any kind, in whichever order they came. Views of the text they were read from.
/// Confined to its reader.
final class Block {
    private final JsonCursor cursor = new JsonCursor();

    RawJson whole = RawJson.EMPTY_OBJECT;
    @Nullable RawJson type;
    @Nullable RawJson text;
    @Nullable RawJson thinking;
    @Nullable RawJson signature;
    @Nullable RawJson data;
    @Nullable RawJson id;
    @Nullable RawJson name;
    @Nullable RawJson input;
    @Nullable RawJson source;
    @Nullable RawJson content;
    @Nullable RawJson toolUseId;
    @Nullable RawJson title;
    @Nullable RawJson citations;
    @Nullable RawJson extraContent;
    @Nullable CacheMark cache;
    boolean error;

    /// Reads another block; forgets the last.
    Block read(RawJson block) {
        forget();
        whole = block;
        cursor.over(block);
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            if (!cursor.skipNull()) {
                member(member);
            }
        }
        return this;
    }

    private void forget() {
        type = text = thinking = signature = data = id = name = null;
        input = source = content = toolUseId = title = citations = extraContent = null;
        cache = null;
        error = false;
    }

    private void member(String member) {
        switch (member) {
            case "type" -> type = cursor.rawString();
            case "text" -> text = cursor.rawString();
            case "thinking" -> thinking = cursor.rawString();
            case "signature" -> signature = cursor.rawString();
            case "data" -> data = cursor.rawString();
            case "id" -> id = cursor.rawString();
            case "name" -> name = cursor.rawString();
            case "input" -> input = cursor.raw();
            case "source" -> source = cursor.raw();
            case "content" -> content = cursor.raw();
            case "tool_use_id" -> toolUseId = cursor.rawString();
            case "title" -> title = cursor.raw();
            case "citations" -> citations = cursor.raw();
            case "extra_content" -> extraContent = cursor.raw();
            case "cache_control" -> cache = cacheMark(cursor);
            case "is_error" -> error = cursor.booleanValue();
            default -> {}
        }
    }

    boolean is(String kind) {
        return JsonWord.is(type, kind);
    }

    /// `{"type":"ephemeral","ttl":"5m"}`
    static CacheMark cacheMark(JsonCursor cursor) {
        String ttl = null;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            if (member.equals("ttl")) {
                ttl = cursor.stringOrNull();
            }
        }
        return ttl == null ? CacheMark.DEFAULT : new CacheMark(ttl);
    }

    /// The mark of Google's on a call: `{"google":{"thought_signature":"…"}}`.
    @Nullable RawJson googleSignature() {
        if (extraContent == null || !extraContent.isObject()) {
            return null;
        }
        RawJson google = child(extraContent, "google");
        RawJson mark = google == null || !google.isObject() ? null : child(google, "thought_signature");
        return mark == null || !mark.isString() ? null : mark;
    }

    /// The last member of this name; null where there is none.
    static @Nullable RawJson child(RawJson object, String wanted) {
        JsonCursor members = new JsonCursor().over(object);
        RawJson found = null;
        members.object();
        for (String member = members.name(); member != null; member = members.name()) {
            if (member.equals(wanted)) {
                found = members.raw();
            }
        }
        return found;
    }
}
