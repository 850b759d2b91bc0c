package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tool_choice` and the legacy `function_call`. Stateless.
final class ToolChoiceReader {

    private ToolChoiceReader() {}

    static @Nullable ToolChoice read(JsonCursor body) {
        return switch (body.kind()) {
            case NULL -> null;
            case STRING -> word(body.path(), body.string());
            case OBJECT -> object(body);
            default -> throw body.problem("is " + body.kind().described() + " (expected: a word or an object)");
        };
    }

    private static ToolChoice word(String field, String word) {
        return switch (word) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required", "any" -> new ToolChoice.Required();
            default -> throw Refused.request(
                    field + " is \"" + word + "\" (expected: auto, none, required or an object)", field);
        };
    }

    /// `{"type":"function","function":{"name"}}`, the same without a type or with the name at the top, `custom` likewise,
    /// `{"type":"allowed_tools","allowed_tools":{mode,tools}}`, and Anthropic's `{"type":"any"}`.
    private static ToolChoice object(JsonCursor body) {
        String field = body.path();
        String type = "function";
        String chosen = "";
        ToolChoice allowed = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "type" -> type = body.string();
                case "name" -> chosen = body.string();
                case "function", "custom" -> chosen = name(body);
                case "allowed_tools" -> allowed = allowed(body);
                default -> {}
            }
        }
        if (allowed != null) {
            return allowed;
        }
        return switch (type) {
            case "auto", "none", "required", "any" -> word(field, type);
            default -> {
                if (chosen.isEmpty()) {
                    throw Refused.request(
                            field + " names no function (expected: {\"type\":\"function\",\"function\":{\"name\":…}})",
                            field);
                }
                yield new ToolChoice.Named(chosen);
            }
        };
    }

    private static String name(JsonCursor body) {
        String chosen = "";
        if (body.kind() != JsonKind.OBJECT) {
            return chosen;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            chosen = name.equals("name") ? body.string() : chosen;
        }
        return chosen;
    }

    private static ToolChoice allowed(JsonCursor body) {
        List<String> names = new ArrayList<>();
        String mode = "auto";
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "mode" -> mode = body.string();
                case "tools" -> {
                    body.array();
                    while (body.element()) {
                        names.add(allowedName(body));
                    }
                }
                default -> {}
            }
        }
        return new ToolChoice.Allowed(names, mode.equals("required"));
    }

    private static String allowedName(JsonCursor body) {
        return object(body) instanceof ToolChoice.Named(String chosen) ? chosen : "";
    }
}
