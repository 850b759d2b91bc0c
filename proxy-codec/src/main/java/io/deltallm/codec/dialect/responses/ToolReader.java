package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `tool_choice`. Confined to a request.
final class ToolReader {
    private static final String CHOICES = "auto, none, required, or an object with the type of a tool";

    private final ObjectFields body;

    ToolReader(ObjectFields body) {
        this.body = body;
    }

    List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        body.each("tools", (element, where) -> tools.add(tool(ObjectFields.of(element, where))));
        return tools;
    }

    private static Tool tool(ObjectFields tool) {
        if (!tool.needText("type").equals("function")) {
            return new Tool.Hosted(Responses.DIALECT, tool.whole());
        }
        RawJson parameters = tool.raw("parameters");
        if (parameters != null && !parameters.isObject()) {
            throw tool.wrong("parameters", "a JSON Schema object");
        }
        Boolean strict = tool.flag("strict");
        return new Tool.Function(
                tool.needText("name"),
                tool.text("description"),
                parameters,
                // Unsaid is true here, and false in every other format. OpenAI closes an open schema by itself, which no
                // one does for a chat: there it would be refused.
                strict == null ? Boolean.valueOf(StrictSchema.fits(parameters)) : strict,
                null);
    }

    /// @param extras takes a choice that only this format has
    @Nullable ToolChoice choice(Map<String, RawJson> extras) {
        RawJson choice = body.raw("tool_choice");
        if (choice == null) {
            return null;
        }
        if (choice.isString()) {
            return switch (choice.text()) {
                case "auto" -> new ToolChoice.Auto();
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> throw body.wrong("tool_choice", CHOICES);
            };
        }
        if (!choice.isObject()) {
            throw body.wrong("tool_choice", CHOICES);
        }
        ObjectFields object = ObjectFields.of(choice, "tool_choice");
        ToolChoice known = switch (object.needText("type")) {
            case "function" -> new ToolChoice.Named(object.needText("name"));
            case "allowed_tools" -> allowed(object);
            default -> null;
        };
        if (known == null) {
            extras.put("tool_choice", choice);
        }
        return known;
    }

    /// Null where hosted tools are among them.
    private static @Nullable ToolChoice allowed(ObjectFields choice) {
        String mode = choice.text("mode");
        if (mode != null && !mode.equals("auto") && !mode.equals("required")) {
            throw choice.wrong("mode", "auto or required");
        }
        List<String> names = new ArrayList<>();
        boolean[] hosted = {false};
        choice.each("tools", (element, where) -> {
            ObjectFields tool = ObjectFields.of(element, where);
            if (tool.needText("type").equals("function")) {
                names.add(tool.needText("name"));
            } else {
                hosted[0] = true;
            }
        });
        return hosted[0] ? null : new ToolChoice.Allowed(names, "required".equals(mode));
    }
}
