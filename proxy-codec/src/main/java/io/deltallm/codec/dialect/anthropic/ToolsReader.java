package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and `tool_choice`. One a request.
final class ToolsReader {
    private final List<Tool> tools = new ArrayList<>();
    private @Nullable ToolChoice choice;
    private @Nullable Boolean parallel;

    List<Tool> tools() {
        return tools;
    }

    @Nullable ToolChoice choice() {
        return choice;
    }

    @Nullable Boolean parallel() {
        return parallel;
    }

    void tools(JsonCursor cursor) {
        cursor.array();
        for (int at = 0; cursor.element(); at++) {
            tools.add(guarded(cursor.raw(), "tools." + at));
        }
    }

    private static Tool guarded(RawJson definition, String where) {
        try {
            return tool(definition, where);
        } catch (JsonProblem problem) {
            String field = problem.path().isEmpty() ? where : where + "." + problem.path();
            throw Refused.request(field + ": " + problem.problem(), field);
        }
    }

    private static Tool tool(RawJson definition, String where) {
        String type = null;
        String name = null;
        String description = null;
        RawJson schema = null;
        Boolean strict = null;
        CacheMark cache = null;
        JsonCursor cursor = new JsonCursor().over(definition);
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "type" -> type = cursor.stringOrNull();
                case "name" -> name = cursor.stringOrNull();
                case "description" -> description = cursor.stringOrNull();
                case "input_schema" -> schema = cursor.skipNull() ? null : cursor.raw();
                case "strict" -> strict = cursor.booleanOrNull();
                case "cache_control" -> cache = cursor.skipNull() ? null : Block.cacheMark(cursor);
                default -> {}
            }
        }
        if (type != null && !type.equals("custom")) {
            Tool function = TypedTool.function(type, name, definition);
            return function == null ? new Tool.Hosted(Operation.MESSAGES.label(), definition) : function;
        }
        if (name == null) {
            throw MessagesRequestReader.required(where + ".name");
        }
        if (schema != null && !schema.isObject()) {
            throw Refused.request(where + ".input_schema: Input should be an object", where + ".input_schema");
        }
        return new Tool.Function(name, description, schema, strict, cache);
    }

    void choice(JsonCursor cursor) {
        String type = null;
        String name = null;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (member) {
                case "type" -> type = cursor.string();
                case "name" -> name = cursor.stringOrNull();
                case "disable_parallel_tool_use" -> {
                    Boolean disabled = cursor.booleanOrNull();
                    parallel = disabled == null ? null : Boolean.valueOf(!disabled);
                }
                default -> {}
            }
        }
        if (type == null) {
            throw MessagesRequestReader.required("tool_choice.type");
        }
        choice = choice(type, name);
    }

    private static ToolChoice choice(String type, @Nullable String name) {
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> {
                if (name == null) {
                    throw MessagesRequestReader.required("tool_choice.name");
                }
                yield new ToolChoice.Named(name);
            }
            default -> throw Refused.request(
                    "tool_choice.type: Input should be 'auto', 'any', 'tool' or 'none', not '" + type + "'",
                    "tool_choice.type");
        };
    }
}
