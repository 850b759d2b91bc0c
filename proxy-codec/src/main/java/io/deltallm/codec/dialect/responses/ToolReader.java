package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.StrictSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `tool_choice`. Confined to a request.
final class ToolReader {
    private static final String CHOICES = "auto, none, required, or an object with the type of a tool";

    private final ObjectFields body;
    private final List<Tool> tools = new ArrayList<>();
    /// Providers want them to be unique.
    private final Set<String> names = new HashSet<>();

    ToolReader(ObjectFields body) {
        this.body = body;
    }

    /// @param found definitions that the input has: of tools that the model has searched for, or of later ones
    List<Tool> tools(List<ObjectFields> found) {
        body.each("tools", (element, where) -> tool(ObjectFields.of(element, where)));
        found.forEach(this::tool);
        return tools;
    }

    private void tool(ObjectFields tool) {
        String type = tool.needText("type");
        if (type.equals("namespace")) {
            String namespace = tool.needText("name");
            tool.each("tools", (element, where) -> grouped(ObjectFields.of(element, where), namespace, tool.whole()));
            return;
        }
        CallKind kind = CallKind.ofTool(type);
        if (kind == null || runByProvider(kind, tool)) {
            tools.add(new Tool.Hosted(Responses.DIALECT, tool.whole()));
        } else if (kind == CallKind.FUNCTION) {
            add(function(tool, tool.needText("name"), null));
        } else {
            run(tool, kind);
        }
    }

    /// Both are the client's to run only where it says so.
    private static boolean runByProvider(CallKind kind, ObjectFields tool) {
        return switch (kind) {
            case TOOL_SEARCH -> !"client".equals(tool.text("execution"));
            case SHELL -> {
                ObjectFields environment = tool.object("environment");
                yield environment != null && !"local".equals(environment.text("type"));
            }
            case FUNCTION, CUSTOM, LOCAL_SHELL, APPLY_PATCH -> false;
        };
    }

    private void grouped(ObjectFields tool, String namespace, RawJson group) {
        CallKind kind = tool.needText("type").equals("custom") ? CallKind.CUSTOM : CallKind.FUNCTION;
        CallForm form = new CallForm(kind, namespace, tool.needText("name"), group);
        add(kind == CallKind.CUSTOM ? custom(tool, form) : function(tool, form.functionName(), form));
    }

    private void run(ObjectFields tool, CallKind kind) {
        if (kind == CallKind.CUSTOM) {
            add(custom(tool, new CallForm(kind, null, tool.needText("name"), tool.whole())));
            return;
        }
        RawJson parameters = tool.raw("parameters");
        String description = tool.text("description");
        add(new Tool.Function(
                kind.toolType(),
                description == null ? kind.description() : description,
                parameters == null ? kind.parameters() : parameters,
                null,
                null,
                new CallForm(kind, null, kind.toolType(), tool.whole())));
    }

    private void add(Tool.Function function) {
        if (names.add(function.name())) {
            tools.add(function);
        }
    }

    private static Tool.Function custom(ObjectFields tool, CallForm form) {
        return new Tool.Function(
                form.functionName(), FreeText.description(tool), FreeText.PARAMETERS, null, null, form);
    }

    private static Tool.Function function(ObjectFields tool, String name, @Nullable CallForm form) {
        RawJson parameters = tool.raw("parameters");
        if (parameters != null && !parameters.isObject()) {
            throw tool.wrong("parameters", "a JSON Schema object");
        }
        Boolean strict = tool.flag("strict");
        return new Tool.Function(
                name,
                tool.text("description"),
                parameters,
                // Unsaid is true here, and false in every other format. OpenAI closes an open schema by itself, which no
                // one does for a chat: there it would be refused.
                strict == null ? Boolean.valueOf(StrictSchema.fits(parameters)) : strict,
                null,
                form);
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
        ToolChoice known = object.needText("type").equals("allowed_tools") ? allowed(object) : named(object);
        if (known == null) {
            extras.put("tool_choice", choice);
        }
        return known;
    }

    /// Null where it is a hosted tool.
    private static @Nullable ToolChoice named(ObjectFields choice) {
        String name = name(choice);
        return name == null ? null : new ToolChoice.Named(name);
    }

    private static @Nullable String name(ObjectFields tool) {
        return switch (CallKind.ofTool(tool.needText("type"))) {
            case null -> null;
            case FUNCTION, CUSTOM -> FlatName.of(tool.text("namespace"), tool.needText("name"));
            case CallKind kind -> kind.toolType();
        };
    }

    /// Null where hosted tools are among them.
    private static @Nullable ToolChoice allowed(ObjectFields choice) {
        String mode = choice.text("mode");
        if (mode != null && !mode.equals("auto") && !mode.equals("required")) {
            throw choice.wrong("mode", "auto or required");
        }
        List<String> allowed = new ArrayList<>();
        boolean[] hosted = {false};
        choice.each("tools", (element, where) -> {
            ObjectFields tool = ObjectFields.of(element, where);
            String name = name(tool);
            if (name == null) {
                hosted[0] = true;
            } else {
                allowed.add(name);
            }
        });
        return hosted[0] ? null : new ToolChoice.Allowed(allowed, "required".equals(mode));
    }
}
