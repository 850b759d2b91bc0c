package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a JSON Schema is one that OpenAI's strict mode takes as it is: every object in it closed, and all its
/// properties required (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas). Stateless.
public final class StrictSchema {
    private static final Set<String> OPENAIS = Set.of("openai", "azure");


    private StrictSchema() {}

    /// Whether a provider of one of OpenAI's formats may be asked to be strict: OpenAI refuses to be where Anthropic, which
    /// lets properties be optional, is; the others are lenient.
    public static boolean holds(RawJson schema, UpstreamCall call) {
        return !OPENAIS.contains(call.provider()) || fits(schema);
    }

    public static boolean fits(@Nullable RawJson schema) {
        return schema != null && schema(new JsonCursor().over(schema));
    }

    private static boolean schema(JsonCursor cursor) {
        Set<String> properties = new HashSet<>();
        Set<String> required = new HashSet<>();
        boolean object = false;
        boolean closed = false;
        boolean fits = true;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "type" -> object |= cursor.isString() && cursor.string().equals("object");
                case "properties" -> {
                    object = true;
                    fits &= members(cursor, properties);
                }
                case "required" -> strings(cursor, required);
                case "additionalProperties" -> closed = cursor.kind() == JsonKind.BOOLEAN && !cursor.booleanValue();
                case "$defs", "definitions" -> fits &= members(cursor, new HashSet<>());
                case "items" -> fits &= nested(cursor);
                case "anyOf" -> fits &= alternatives(cursor);
                case "oneOf", "allOf", "not", "if", "then", "else", "default", "patternProperties", "propertyNames",
                        "dependentRequired", "dependentSchemas" -> {
                    fits = false;
                    cursor.raw();
                }
                default -> {}
            }
        }
        return fits && (!object || (closed && required.containsAll(properties)));
    }

    private static boolean nested(JsonCursor cursor) {
        return cursor.kind() != JsonKind.OBJECT || schema(cursor);
    }

    private static boolean members(JsonCursor cursor, Set<String> names) {
        if (cursor.kind() != JsonKind.OBJECT) {
            return false;
        }
        boolean fits = true;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            names.add(name);
            fits &= nested(cursor);
        }
        return fits;
    }

    private static boolean alternatives(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return false;
        }
        boolean fits = true;
        cursor.array();
        while (cursor.element()) {
            fits &= nested(cursor);
        }
        return fits;
    }

    private static void strings(JsonCursor cursor, Set<String> into) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            if (cursor.isString()) {
                into.add(cursor.string());
            }
        }
    }
}
