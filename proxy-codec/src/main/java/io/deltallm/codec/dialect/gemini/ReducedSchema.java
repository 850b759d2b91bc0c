package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a JSON Schema as the subset of OpenAPI 3.0 that Gemini before 2.5 takes (https://ai.google.dev/api/caching#Schema):
/// references are put in place, `const` becomes an `enum` of one, a union with `null` becomes `nullable`, `oneOf` becomes
/// `anyOf`, and what has no word there is left out. A schema that contains itself is cut at its second turn. Confined to one
/// request.
final class ReducedSchema {
    private static final Set<String> KEPT = Set.of(
            "title", "description", "minItems", "maxItems", "minProperties", "maxProperties", "minimum", "maximum",
            "minLength", "maxLength", "pattern");

    private static final Set<String> FORMATS = Set.of("date-time", "enum", "float", "double", "int32", "int64");

    private static final int TURNS = 2;
    private static final int MAX_NODES = 2000;

    private final RawJson root;
    private final JsonOutput out;
    private final List<String> references = new ArrayList<>();
    private int nodes;

    ReducedSchema(RawJson root, JsonOutput out) {
        this.root = root;
        this.out = out;
    }

    /// What a schema says together with all that it refers to.
    private static final class Node {
        final Map<String, RawJson> facets = new LinkedHashMap<>();
        final Map<String, RawJson> properties = new LinkedHashMap<>();
        final Set<String> required = new LinkedHashSet<>();
        final List<RawJson> alternatives = new ArrayList<>();
        final List<String> types = new ArrayList<>();
        boolean nullable;
    }

    void write() {
        write(root);
    }

    private void write(RawJson schema) {
        int above = references.size();
        Node node = new Node();
        boolean whole = ++nodes <= MAX_NODES && gather(schema, node);
        out.beginObject();
        if (whole) {
            members(node);
        } else {
            out.member("type", "OBJECT");
        }
        out.endObject();
        references.subList(above, references.size()).clear();
    }

    /// @return whether it does not lead back to itself too often
    private boolean gather(RawJson schema, Node node) {
        if (!schema.isObject()) {
            return true; // true and false are schemas, too
        }
        boolean whole = true;
        JsonCursor cursor = new JsonCursor().over(schema);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "$ref" -> whole &= reference(cursor.anyText(), node);
                case "allOf" -> whole &= all(cursor, node);
                case "anyOf", "oneOf" -> alternatives(cursor, node);
                case "type" -> types(cursor, node);
                case "properties" -> node.properties.putAll(members(cursor.raw()));
                case "required" -> node.required.addAll(texts(cursor));
                case "nullable" -> node.nullable |= cursor.raw().json().equals("true");
                default -> node.facets.put(name, cursor.raw());
            }
        }
        return whole;
    }

    private boolean reference(String pointer, Node node) {
        RawJson target = resolve(pointer);
        if (target == null) {
            return true;
        }
        long turns = references.stream().filter(pointer::equals).count();
        references.add(pointer);
        return turns < TURNS && gather(target, node);
    }

    private boolean all(JsonCursor cursor, Node node) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return true;
        }
        boolean whole = true;
        cursor.array();
        while (cursor.element()) {
            whole &= gather(cursor.raw(), node);
        }
        return whole;
    }

    private void alternatives(JsonCursor cursor, Node node) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return;
        }
        cursor.array();
        while (cursor.element()) {
            RawJson alternative = cursor.raw();
            if (isNullType(alternative)) {
                node.nullable = true;
            } else {
                node.alternatives.add(alternative);
            }
        }
    }

    private static boolean isNullType(RawJson schema) {
        RawJson type = schema.isObject() ? members(schema).get("type") : null;
        return type != null && type.isString() && type.text().equals("null");
    }

    private static void types(JsonCursor cursor, Node node) {
        for (String type : texts(cursor)) {
            if (type.equalsIgnoreCase("null")) {
                node.nullable = true;
            } else if (!node.types.contains(type.toUpperCase(Locale.ROOT))) {
                node.types.add(type.toUpperCase(Locale.ROOT));
            }
        }
    }

    /// A text or a list of texts.
    private static List<String> texts(JsonCursor cursor) {
        if (cursor.kind() != JsonKind.ARRAY) {
            return List.of(cursor.anyText());
        }
        List<String> texts = new ArrayList<>();
        cursor.array();
        while (cursor.element()) {
            texts.add(cursor.anyText());
        }
        return texts;
    }

    private static Map<String, RawJson> members(RawJson object) {
        Map<String, RawJson> members = new LinkedHashMap<>();
        if (object.isObject()) {
            JsonCursor cursor = new JsonCursor().over(object);
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                members.put(name, cursor.raw());
            }
        }
        return members;
    }

    /// What a JSON pointer within the root points to (RFC 6901); null for any other reference.
    private @Nullable RawJson resolve(String pointer) {
        if (!pointer.startsWith("#")) {
            return null;
        }
        RawJson at = root;
        for (String step : pointer.substring(1).split("/")) {
            if (!step.isEmpty()) {
                at = at == null ? null : members(at).get(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return at;
    }

    private void members(Node node) {
        if (node.alternatives.size() == 1 && node.types.isEmpty()) {
            RawJson only = node.alternatives.removeFirst();
            if (!gather(only, node)) {
                out.member("type", "OBJECT");
                return;
            }
        }
        String type = type(node);
        out.optional("type", type);
        if (node.nullable) {
            out.member("nullable", true);
        }
        facets(node);
        enumeration(node, type);
        properties(node);
        items(node, type);
        alternatives(node);
    }

    private static @Nullable String type(Node node) {
        if (node.types.size() == 1) {
            return node.types.getFirst();
        }
        if (node.types.size() > 1) {
            return null;
        }
        if (!node.properties.isEmpty()) {
            return "OBJECT";
        }
        if (node.facets.containsKey("items")) {
            return "ARRAY";
        }
        return node.facets.containsKey("enum") || isText(node.facets.get("const")) ? "STRING" : null;
    }

    private static boolean isText(@Nullable RawJson value) {
        return value != null && value.isString();
    }

    private void facets(Node node) {
        node.facets.forEach((name, value) -> {
            if (KEPT.contains(name)) {
                out.member(name, value);
            }
        });
        RawJson format = node.facets.get("format");
        if (format != null && format.isString() && FORMATS.contains(format.text())) {
            out.member("format", format);
        }
    }

    /// Only texts can be enumerated.
    private void enumeration(Node node, @Nullable String type) {
        RawJson values = node.facets.get("enum");
        RawJson constant = node.facets.get("const");
        if (!"STRING".equals(type)) {
            return;
        }
        if (constant != null && constant.isString()) {
            out.name("enum").beginArray().value(constant).endArray();
        } else if (values != null && values.isArray()) {
            out.name("enum").beginArray();
            JsonCursor cursor = new JsonCursor().over(values);
            cursor.array();
            while (cursor.element()) {
                if (!cursor.isNull()) {
                    out.value(cursor.anyText());
                }
            }
            out.endArray();
        }
    }

    private void properties(Node node) {
        if (node.properties.isEmpty()) {
            return;
        }
        out.name("properties").beginObject();
        node.properties.forEach((name, schema) -> {
            out.anyName(name);
            write(schema);
        });
        out.endObject();
        node.required.retainAll(node.properties.keySet());
        out.optional("required", node.required);
    }

    private void items(Node node, @Nullable String type) {
        RawJson items = node.facets.get("items");
        if (items != null && items.isObject()) {
            out.name("items");
            write(items);
        } else if ("ARRAY".equals(type)) {
            out.name("items").beginObject().member("type", "STRING").endObject();
        }
    }

    private void alternatives(Node node) {
        if (node.types.size() < 2 && node.alternatives.isEmpty()) {
            return;
        }
        out.name("anyOf").beginArray();
        if (node.types.size() > 1) {
            node.types.forEach(type -> out.beginObject().member("type", type).endObject());
        }
        node.alternatives.forEach(this::write);
        out.endArray();
    }
}
