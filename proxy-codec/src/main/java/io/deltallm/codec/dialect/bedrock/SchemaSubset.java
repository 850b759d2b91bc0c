package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// Copies a JSON schema without the bounds that structured output refuses, and closes its objects, which it demands.
/// Used once.
final class SchemaSubset {
    private static final Set<String> REFUSED = Set.of(
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
            "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "minContains",
            "maxContains");
    /// Their members are named by the schema's author.
    private static final Set<String> NAMED = Set.of("properties", "$defs", "definitions", "patternProperties");
    /// Their values are no schemas.
    private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples", "required");

    private final JsonOutput out;

    SchemaSubset(JsonOutput out) {
        this.out = out;
    }

    void copy(RawJson schema) {
        schema(new JsonCursor().over(schema));
    }

    private void schema(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.ARRAY) {
            cursor.array();
            out.beginArray();
            while (cursor.element()) {
                schema(cursor);
            }
            out.endArray();
        } else if (cursor.kind() == JsonKind.OBJECT) {
            object(cursor);
        } else {
            out.value(cursor.raw());
        }
    }

    private void object(JsonCursor cursor) {
        boolean isObject = false;
        boolean isClosed = false;
        cursor.object();
        out.beginObject();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            isObject |= name.equals("properties");
            isClosed |= name.equals("additionalProperties");
            if (!REFUSED.contains(name)) {
                out.anyName(name);
                member(name, cursor);
            }
        }
        if (isObject && !isClosed) {
            out.member("additionalProperties", false);
        }
        out.endObject();
    }

    private void member(String name, JsonCursor cursor) {
        if (VALUES.contains(name)) {
            out.value(cursor.raw());
        } else if (NAMED.contains(name) && cursor.kind() == JsonKind.OBJECT) {
            cursor.object();
            out.beginObject();
            for (String property = cursor.name(); property != null; property = cursor.name()) {
                out.anyName(property);
                schema(cursor);
            }
            out.endObject();
        } else {
            schema(cursor);
        }
    }
}
