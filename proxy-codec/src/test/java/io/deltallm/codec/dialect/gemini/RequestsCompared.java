package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Requests in one spelling, so that those that say the same are equal: each step gives its reason.
public final class RequestsCompared {
    /// Whose members are the client's own names.
    private static final Set<String> FOREIGN = Set.of("args", "response", "modelArmorConfig");

    private static final Set<String> SCHEMAS =
            Set.of("parameters", "parametersJsonSchema", "responseSchema", "responseJsonSchema");

    private static final JsonNode NO_PARAMETERS = Gemini.json("{\"type\":\"object\"}");

    private RequestsCompared() {}

    public static JsonNode form(JsonNode request, boolean vertex) {
        ObjectNode form = (ObjectNode) spelled(request);
        if (form.get("systemInstruction") instanceof ObjectNode instruction) {
            instruction.remove("role"); // Google ignores it
        }
        form.set("contents", contents(form.path("contents"), vertex));
        if (form.has("tools")) {
            form.set("tools", tools(form.path("tools")));
        }
        if (form.get("generationConfig") instanceof ObjectNode config) {
            if (config.path("responseModalities").toString().equals("[\"TEXT\"]")) {
                config.remove("responseModalities"); // what every model does unasked
            }
            if (config.isEmpty()) {
                form.remove("generationConfig");
            }
        }
        return form;
    }

    /// Names in camel case, numbers as doubles, levels in upper case, base64 in the standard alphabet.
    private static JsonNode spelled(JsonNode node) {
        if (node.isNumber()) {
            return Gemini.JSON.getNodeFactory().numberNode(node.asDouble());
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = Gemini.JSON.createArrayNode();
            array.forEach(element -> copy.add(spelled(element)));
            return copy;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        ObjectNode copy = Gemini.JSON.createObjectNode();
        node.properties().forEach(member -> member(member, copy));
        return copy;
    }

    private static void member(Map.Entry<String, JsonNode> member, ObjectNode into) {
        String name = CamelCase.of(member.getKey());
        JsonNode value = member.getValue();
        if (FOREIGN.contains(name)) {
            into.set(name, value);
        } else if (SCHEMAS.contains(name)) {
            JsonNode schema = schema(value);
            if (!schema.equals(NO_PARAMETERS)) { // left out for old models
                into.set(name.startsWith("param") ? "parameters" : "responseSchema", schema);
            }
        } else if (name.equals("thinkingLevel")) {
            into.put(name, value.asText().toUpperCase(Locale.ROOT));
        } else if (name.equals("data")) {
            into.put(name, value.asText().replace('-', '+').replace('_', '/'));
        } else {
            into.set(name, spelled(value));
        }
    }

    /// Types in lower case; no properties are none.
    private static JsonNode schema(JsonNode node) {
        if (!(node instanceof ObjectNode)) {
            return node.isNumber() ? Gemini.JSON.getNodeFactory().numberNode(node.asDouble()) : node;
        }
        ObjectNode copy = Gemini.JSON.createObjectNode();
        node.properties().forEach(member -> {
            JsonNode value = schema(member.getValue());
            boolean type = member.getKey().equals("type") && value.isTextual();
            boolean none = member.getKey().equals("properties") && value.isEmpty();
            if (!none) {
                copy.set(member.getKey(), type ? TextNode.valueOf(value.asText().toLowerCase(Locale.ROOT)) : value);
            }
        });
        return copy;
    }

    /// Neighbours of one speaker are one content, unless they are results of tools; an empty text says nothing, and a
    /// content of nothing is a blank; ids are not for Vertex AI.
    private static ArrayNode contents(JsonNode contents, boolean vertex) {
        List<ObjectNode> merged = new ArrayList<>();
        for (JsonNode node : contents) {
            ObjectNode content = node.deepCopy();
            content.put("role", content.path("role").asText("user"));
            content.set("parts", parts(content.path("parts"), vertex));
            ObjectNode last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.get("role").equals(content.get("role")) && !isResult(last) && !isResult(content)) {
                ((ArrayNode) last.get("parts")).addAll((ArrayNode) content.get("parts"));
            } else {
                merged.add(content);
            }
        }
        for (ObjectNode content : merged) {
            if (content.path("parts").isEmpty()) {
                ((ArrayNode) content.path("parts")).addObject().put("text", " ");
            }
        }
        return Gemini.JSON.createArrayNode().addAll(merged);
    }

    private static boolean isResult(JsonNode content) {
        return content.path("parts").path(0).has("functionResponse");
    }

    private static ArrayNode parts(JsonNode parts, boolean vertex) {
        ArrayNode kept = Gemini.JSON.createArrayNode();
        for (JsonNode part : parts) {
            for (JsonNode member : part) {
                if (vertex && member instanceof ObjectNode called) {
                    called.remove("id");
                }
            }
            boolean nothing = part.path("text").asText("x").isEmpty() && !part.has("thoughtSignature");
            if (!nothing) {
                kept.add(part);
            }
        }
        return kept;
    }

    /// Functions stand first, in one tool.
    private static ArrayNode tools(JsonNode tools) {
        ArrayNode functions = Gemini.JSON.createArrayNode();
        ArrayNode all = Gemini.JSON.createArrayNode();
        for (JsonNode tool : tools) {
            tool.path("functionDeclarations").forEach(functions::add);
        }
        if (!functions.isEmpty()) {
            all.addObject().set("functionDeclarations", functions);
        }
        for (JsonNode tool : tools) {
            if (!tool.has("functionDeclarations")) {
                all.add(tool);
            }
        }
        return all;
    }
}
