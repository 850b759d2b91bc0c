package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// A JSON Schema as Anthropic's constrained output takes it: without the keywords that it refuses, and with every object
/// closed. A schema that wants open objects has no such form.
///
/// @param schema the schema rewritten
/// @param open whether it lost objects of any members
record ClosedSchema(RawJson schema, boolean open) {
    private static final Set<String> REFUSED = Set.of(
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
            "minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties");
    private static final Set<String> MAPS_OF_SCHEMAS = Set.of("properties", "$defs", "definitions");
    private static final Set<String> SCHEMAS = Set.of("items", "not", "if", "then", "else");
    private static final Set<String> LISTS_OF_SCHEMAS = Set.of("anyOf", "allOf", "oneOf", "prefixItems");

    static ClosedSchema of(RawJson schema) {
        Walk walk = new Walk();
        walk.schema(new JsonCursor().over(schema));
        return new ClosedSchema(walk.out.toRaw(), walk.open);
    }

    private static final class Walk {
        private final JsonOutput out = new JsonOutput();
        private boolean open;

        private void schema(JsonCursor cursor) {
            if (cursor.kind() != JsonKind.OBJECT) {
                out.value(cursor.raw());
                return;
            }
            boolean object = false;
            out.beginObject();
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                object |= member(name, cursor);
            }
            if (object) {
                out.member("additionalProperties", false);
            }
            out.endObject();
        }

        /// Whether the member says that the schema is of an object.
        private boolean member(String name, JsonCursor cursor) {
            if (name.equals("additionalProperties")) {
                RawJson value = cursor.raw();
                open |= !value.json().equals("false");
                return true;
            }
            if (name.equals("patternProperties")) {
                open = true;
                return true;
            }
            if (REFUSED.contains(name)) {
                return false;
            }
            out.anyName(name);
            if (MAPS_OF_SCHEMAS.contains(name) && cursor.kind() == JsonKind.OBJECT) {
                map(cursor);
                return name.equals("properties");
            }
            if (LISTS_OF_SCHEMAS.contains(name) && cursor.kind() == JsonKind.ARRAY) {
                list(cursor);
                return false;
            }
            if (SCHEMAS.contains(name)) {
                schema(cursor);
                return false;
            }
            RawJson value = cursor.raw();
            out.value(value);
            return name.equals("type") && JsonWord.is(value, "object");
        }

        private void map(JsonCursor cursor) {
            out.beginObject();
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                out.anyName(name);
                schema(cursor);
            }
            out.endObject();
        }

        private void list(JsonCursor cursor) {
            out.beginArray();
            cursor.array();
            while (cursor.element()) {
                schema(cursor);
            }
            out.endArray();
        }
    }
}
