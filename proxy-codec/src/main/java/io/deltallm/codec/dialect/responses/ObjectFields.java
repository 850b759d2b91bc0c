package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An object of a client's request, its members by name whatever their order. A member that is `null` counts as missing;
/// one of the wrong kind is [Refused], named by its place in the body.
final class ObjectFields {
    private final RawJson whole;
    private final String where;
    private final Map<String, RawJson> members;

    private ObjectFields(RawJson whole, String where, Map<String, RawJson> members) {
        this.whole = whole;
        this.where = where;
        this.members = members;
    }

    /// @param where its place in the body: `input[2]`; empty for the body itself
    static ObjectFields of(RawJson value, String where) {
        if (!value.isObject()) {
            throw wrong(value, where.isEmpty() ? "The body" : where, "an object");
        }
        Map<String, RawJson> members = new LinkedHashMap<>();
        JsonCursor cursor = new JsonCursor().over(value);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            RawJson member = cursor.raw();
            if (!member.isNull()) {
                members.put(name, member);
            }
        }
        return new ObjectFields(value, where, members);
    }

    RawJson whole() {
        return whole;
    }

    String where() {
        return where;
    }

    /// The place of a member: `input[2].content`.
    String where(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    Map<String, RawJson> members() {
        return members;
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    @Nullable RawJson raw(String name) {
        return members.get(name);
    }

    @Nullable String text(String name) {
        RawJson value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(value, where(name), "a string");
        }
        return value.text();
    }

    String needText(String name) {
        String text = text(name);
        if (text == null) {
            throw missing(name, "a string");
        }
        return text;
    }

    @Nullable Long whole(String name) {
        return read(name, "a whole number", JsonCursor::longValue);
    }

    @Nullable Double number(String name) {
        return read(name, "a number", JsonCursor::doubleValue);
    }

    @Nullable Boolean flag(String name) {
        return read(name, "true or false", JsonCursor::booleanValue);
    }

    private <T> @Nullable T read(String name, String expected, Function<JsonCursor, T> reader) {
        RawJson value = members.get(name);
        if (value == null) {
            return null;
        }
        try {
            return reader.apply(new JsonCursor().over(value));
        } catch (JsonProblem _) {
            throw wrong(value, where(name), expected);
        }
    }

    @Nullable ObjectFields object(String name) {
        RawJson value = members.get(name);
        return value == null ? null : of(value, where(name));
    }

    /// Each element of an array, which may be missing.
    void each(String name, ElementReader reader) {
        RawJson value = members.get(name);
        if (value != null) {
            each(value, where(name), reader);
        }
    }

    static void each(RawJson array, String where, ElementReader reader) {
        if (!array.isArray()) {
            throw wrong(array, where, "an array");
        }
        JsonCursor cursor = new JsonCursor().over(array);
        cursor.array();
        for (int i = 0; cursor.element(); i++) {
            reader.read(cursor.raw(), where + "[" + i + "]");
        }
    }

    Refused missing(String name, String expected) {
        return Refused.request(where(name) + " is missing (expected: " + expected + ")", where(name));
    }

    Refused wrong(String name, String expected) {
        RawJson value = members.get(name);
        return value == null ? missing(name, expected) : wrong(value, where(name), expected);
    }

    /// Shows no more than the beginning of a long value.
    static Refused wrong(RawJson value, String where, String expected) {
        String shown = value.json();
        String shortened = shown.length() > 60 ? shown.substring(0, 60) + "…" : shown;
        return Refused.request(where + " is " + shortened + " (expected: " + expected + ")", where);
    }

    @FunctionalInterface
    interface ElementReader {
        /// @param where the element's place in the body
        void read(RawJson element, String where);
    }
}
