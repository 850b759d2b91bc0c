package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a function as version 1 has it: of its JSON Schema only each parameter's description, its type under Python's
/// name, and whether it is required. Confined to one request.
final class CohereV1Parameters {
    private final JsonOutput out;
    private final JsonCursor cursor = new JsonCursor();
    private final List<Property> properties = new ArrayList<>();
    private final Set<String> required = new HashSet<>();

    CohereV1Parameters(JsonOutput out) {
        this.out = out;
    }

    private record Property(String name, @Nullable String description, String type) {}

    void write(Tool.Function function) {
        schema(function.parameters());
        String description = function.description();
        out.beginObject().member("name", function.name()).member("description", description == null ? "" : description);
        out.name("parameter_definitions").beginObject();
        for (Property property : properties) {
            out.anyName(property.name()).beginObject().optional("description", property.description());
            out.member("type", property.type()).member("required", required.contains(property.name())).endObject();
        }
        out.endObject().endObject();
    }

    private void schema(@Nullable RawJson schema) {
        if (schema == null || !schema.isObject()) {
            return;
        }
        cursor.over(schema).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals("properties") && cursor.kind() == JsonKind.OBJECT) {
                properties();
            } else if (name.equals("required") && cursor.kind() == JsonKind.ARRAY) {
                cursor.array();
                while (cursor.element()) {
                    required.add(cursor.anyText());
                }
            }
        }
    }

    private void properties() {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            properties.add(cursor.kind() == JsonKind.OBJECT ? property(name) : new Property(name, null, "str"));
        }
    }

    private Property property(String name) {
        String description = null;
        String type = "str";
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            if (member.equals("description") && cursor.isString()) {
                description = cursor.string();
            } else if (member.equals("type") && cursor.isString()) {
                type = python(cursor.string());
            }
        }
        return new Property(name, description, type);
    }

    private static String python(String type) {
        return switch (type) {
            case "number" -> "float";
            case "integer" -> "int";
            case "boolean" -> "bool";
            case "array" -> "list";
            case "object" -> "dict";
            default -> "str";
        };
    }
}
