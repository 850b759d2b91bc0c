package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema of a function's arguments as providers want it: at its top an object, and neither a choice of schemas nor a
/// reference. OpenAI, Anthropic and Google refuse the whole request for one tool that is otherwise. Alternatives become one
/// object with the properties of them all; what each of them demands stays demanded. Whoever writes it, each part of it is
/// read once, however often it is referred to. Confined to one schema.
final class ObjectSchema {
    private static final int DEEPEST = 32;
    private static final Set<String> TOP = Set.of("type", "properties", "required");
    /// What they refuse at the top besides.
    private static final Set<String> REFUSED = Set.of("anyOf", "oneOf", "allOf", "$ref", "not", "enum");

    private final RawJson root;
    private final Map<String, RawJson> properties = new LinkedHashMap<>();
    /// By where an object begins, its members, and what it demands.
    private final Map<Integer, Map<String, RawJson>> read = new HashMap<>();
    private final Map<Integer, Set<String>> merged = new HashMap<>();

    private ObjectSchema(RawJson root) {
        this.root = root;
    }

    /// Whether providers take it as it is.
    static boolean isPlain(RawJson schema) {
        return !schema.isObject() || members(schema).keySet().stream().noneMatch(REFUSED::contains);
    }

    static RawJson of(RawJson schema) {
        return new ObjectSchema(schema).written();
    }

    private RawJson written() {
        Set<String> required = merge(root, DEEPEST);
        JsonOutput out = new JsonOutput().beginObject().member("type", "object").name("properties").beginObject();
        properties.forEach((name, value) -> out.anyName(name).value(value));
        out.endObject().optional("required", required);
        membersOf(root).forEach((name, value) -> {
            if (!TOP.contains(name) && !REFUSED.contains(name)) {
                out.anyName(name).value(value);
            }
        });
        return out.endObject().toRaw();
    }

    /// Takes the schema's properties.
    ///
    /// @return what it demands
    private Set<String> merge(RawJson schema, int depth) {
        if (depth == 0 || !schema.isObject()) {
            return Set.of();
        }
        Set<String> known = merged.get(schema.start());
        if (known != null) {
            return known;
        }
        Set<String> required = new LinkedHashSet<>();
        // While it is under way, what refers to it adds nothing.
        merged.put(schema.start(), Set.of());
        addTo(required, schema, depth);
        merged.put(schema.start(), required);
        return required;
    }

    private void addTo(Set<String> required, RawJson schema, int depth) {
        Map<String, RawJson> members = membersOf(schema);
        RawJson own = members.get("properties");
        if (own != null && own.isObject()) {
            membersOf(own).forEach(properties::putIfAbsent);
        }
        required.addAll(strings(members.get("required")));
        RawJson referred = referred(members.get("$ref"));
        if (referred != null) {
            required.addAll(merge(referred, depth - 1));
        }
        elements(members.get("allOf")).forEach(part -> required.addAll(merge(part, depth - 1)));
        required.addAll(common(elements(members.get("anyOf")), depth));
        required.addAll(common(elements(members.get("oneOf")), depth));
    }

    private Set<String> common(List<RawJson> alternatives, int depth) {
        Set<String> common = null;
        for (RawJson alternative : alternatives) {
            Set<String> required = merge(alternative, depth - 1);
            if (common == null) {
                common = new LinkedHashSet<>(required);
            } else {
                common.retainAll(required);
            }
        }
        return common == null ? Set.of() : common;
    }

    /// `#/$defs/Name`
    private @Nullable RawJson referred(@Nullable RawJson reference) {
        if (reference == null || !reference.isString() || !reference.text().startsWith("#/")) {
            return null;
        }
        RawJson found = root;
        for (String step : reference.text().substring(2).split("/", -1)) {
            found = found == null || !found.isObject() ? null : membersOf(found).get(step);
        }
        return found;
    }

    private Map<String, RawJson> membersOf(RawJson object) {
        return read.computeIfAbsent(object.start(), _ -> members(object));
    }

    private static Map<String, RawJson> members(RawJson object) {
        Map<String, RawJson> members = new LinkedHashMap<>();
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            members.put(name, cursor.raw());
        }
        return members;
    }

    private static List<RawJson> elements(@Nullable RawJson array) {
        List<RawJson> elements = new ArrayList<>();
        if (array != null && array.isArray()) {
            JsonCursor cursor = new JsonCursor().over(array);
            cursor.array();
            while (cursor.element()) {
                elements.add(cursor.raw());
            }
        }
        return elements;
    }

    private static Set<String> strings(@Nullable RawJson array) {
        Set<String> strings = new LinkedHashSet<>();
        elements(array).stream().filter(RawJson::isString).map(RawJson::text).forEach(strings::add);
        return strings;
    }
}
