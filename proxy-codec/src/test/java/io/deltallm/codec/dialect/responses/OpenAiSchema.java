package io.deltallm.codec.dialect.responses;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/// The schemas that OpenAI publishes, where the machine has them; of JSON Schema it knows what they use: references,
/// alternatives, types, constants, required members. What a schema allows to be left out may also be null, as OpenAI's own
/// replies have it.
public final class OpenAiSchema {
    private static final class Loaded {
        private static final JsonNode SCHEMAS = load();
    }

    private OpenAiSchema() {}

    private static JsonNode load() {
        Path file = Path.of(System.getProperty("deltallm.shared", "absent"), "spec", "openai-openapi.json");
        Assumptions.assumeTrue(Files.exists(file), "no schemas on this machine (system property deltallm.shared)");
        try {
            return Transcript.JSON.readTree(file.toFile()).path("components").path("schemas");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void check(String schema, JsonNode value) {
        JsonNode root = Loaded.SCHEMAS.path(schema);
        assertThat(root.isMissingNode()).as(schema).isFalse();
        assertThat(problems(root, value, "")).as("problems of " + value).isEmpty();
    }

    private static List<String> problems(JsonNode schema, JsonNode value, String where) {
        if (schema.has("$ref")) {
            String reference = schema.path("$ref").asText();
            return problems(Loaded.SCHEMAS.path(reference.substring(reference.lastIndexOf('/') + 1)), value, where);
        }
        List<String> problems = new ArrayList<>();
        schema.path("allOf").forEach(part -> problems.addAll(problems(part, value, where)));
        alternatives(schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf"), value, where, problems);
        if (schema.has("type") && !isOfType(schema.path("type").asText(), value)) {
            problems.add(where + " is no " + schema.path("type").asText() + " but " + value);
            return problems;
        }
        if (schema.has("enum") && !contains(schema.path("enum"), value)) {
            problems.add(where + " is none of " + schema.path("enum") + " but " + value);
        }
        schema.path("required").forEach(name -> {
            if (value.isObject() && !value.has(name.asText())) {
                problems.add(where + "." + name.asText() + " is missing");
            }
        });
        members(schema, value, where, problems);
        for (int i = 0; schema.has("items") && i < value.size(); i++) {
            problems.addAll(problems(schema.path("items"), value.get(i), where + "[" + i + "]"));
        }
        return problems;
    }

    private static void members(JsonNode schema, JsonNode value, String where, List<String> problems) {
        schema.path("properties").properties().forEach(property -> {
            JsonNode member = value.path(property.getKey());
            boolean optional = !contains(schema.path("required"), Transcript.JSON.valueToTree(property.getKey()));
            if (!member.isMissingNode() && !(optional && member.isNull())) {
                problems.addAll(problems(property.getValue(), member, where + "." + property.getKey()));
            }
        });
    }

    /// Tells of the nearest alternative only.
    private static void alternatives(JsonNode schemas, JsonNode value, String where, List<String> problems) {
        List<String> nearest = null;
        for (JsonNode schema : schemas) {
            List<String> found = problems(schema, value, where);
            if (nearest == null || found.size() < nearest.size()) {
                nearest = found;
            }
        }
        if (nearest != null) {
            problems.addAll(nearest);
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode element : list) {
            if (element.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("an unknown type: " + type);
        };
    }
}
