package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads Google's schemas (the subset of OpenAPI 3.0: `STRING`, `nullable`) into JSON Schema. Stateless.
final class JsonSchemaOf {

    private JsonSchemaOf() {}

    static RawJson openApi(JsonCursor cursor) {
        JsonOutput out = new JsonOutput();
        schema(cursor, out);
        return out.toRaw();
    }

    private static void schema(JsonCursor cursor, JsonOutput out) {
        if (cursor.kind() != JsonKind.OBJECT) {
            out.value(cursor.raw());
            return;
        }
        boolean nullable = false;
        String type = null;
        RawJson types = null;
        out.beginObject();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (CamelCase.of(name)) {
                case "type" -> {
                    if (cursor.isString()) {
                        type = cursor.string().toLowerCase(Locale.ROOT);
                    } else {
                        types = cursor.raw();
                    }
                }
                case "nullable" -> nullable = Boolean.TRUE.equals(cursor.booleanOrNull());
                case "propertyOrdering", "example" -> {}
                default -> member(CamelCase.of(name), cursor, out);
            }
        }
        type(type, types, nullable, out);
        out.endObject();
    }

    private static void type(@Nullable String type, @Nullable RawJson types, boolean nullable, JsonOutput out) {
        if (types != null) {
            out.member("type", types);
        } else if (type == null || type.equals("type_unspecified")) {
            return;
        } else if (nullable) {
            out.name("type").beginArray().value(type).value("null").endArray();
        } else {
            out.member("type", type);
        }
    }

    private static void member(String name, JsonCursor cursor, JsonOutput out) {
        out.anyName(name);
        switch (name) {
            case "properties", "$defs", "defs" -> properties(cursor, out);
            case "items", "additionalProperties" -> schema(cursor, out);
            case "anyOf", "oneOf", "allOf", "prefixItems" -> schemas(cursor, out);
            case "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties" -> count(cursor, out);
            default -> out.value(cursor.raw());
        }
    }

    private static void properties(JsonCursor cursor, JsonOutput out) {
        if (cursor.kind() != JsonKind.OBJECT) {
            out.value(cursor.raw());
            return;
        }
        out.beginObject();
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            out.anyName(name);
            schema(cursor, out);
        }
        out.endObject();
    }

    private static void schemas(JsonCursor cursor, JsonOutput out) {
        if (cursor.kind() != JsonKind.ARRAY) {
            out.value(cursor.raw());
            return;
        }
        out.beginArray();
        cursor.array();
        while (cursor.element()) {
            schema(cursor, out);
        }
        out.endArray();
    }

    /// Whole numbers of 64 bits stand in strings.
    private static void count(JsonCursor cursor, JsonOutput out) {
        if (!cursor.isString()) {
            out.value(cursor.raw());
            return;
        }
        String digits = cursor.string();
        try {
            out.value(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            out.value(digits);
        }
    }
}
