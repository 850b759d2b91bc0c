package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tools` and the legacy `functions`. Stateless.
final class ToolsReader {

    private ToolsReader() {}

    static void tools(JsonCursor body, List<Tool> tools) {
        if (body.skipNull()) {
            return;
        }
        body.array();
        while (body.element()) {
            tools.add(tool(body));
        }
    }

    static void functions(JsonCursor body, List<Tool> tools) {
        if (body.skipNull()) {
            return;
        }
        body.array();
        while (body.element()) {
            tools.add(function(body, null));
        }
    }

    private static Tool tool(JsonCursor body) {
        String path = body.path();
        if (body.kind() != JsonKind.OBJECT) {
            throw body.problem("is " + body.kind().described() + " (expected: an object)");
        }
        RawJson whole = body.raw();
        JsonCursor tool = new JsonCursor().over(whole);
        String type = null;
        Tool function = null;
        boolean flat = false;
        CacheMark cache = null;
        tool.object();
        for (String name = tool.name(); name != null; name = tool.name()) {
            switch (name) {
                case "type" -> type = tool.anyText();
                case "function" -> function = tool.kind() == JsonKind.OBJECT ? function(tool, path) : null;
                case "cache_control" -> cache = CacheControl.read(tool);
                case "name" -> flat = tool.kind() == JsonKind.STRING;
                default -> {}
            }
        }
        if (function == null && flat && (type == null || type.equals("function"))) {
            // As Responses and Anthropic have them: Cursor and others send these to a chat, too.
            return function(new JsonCursor().over(whole), path);
        }
        boolean hosted = type == null ? function == null : !type.equals("function");
        Tool other = hosted ? HostedForm.of(type, whole) : null;
        if (other != null) {
            return other;
        }
        if (!(function instanceof Tool.Function(var name, var description, var parameters, var strict, var within, _))) {
            throw Refused.request(path + ".function is missing (expected: an object)", path + ".function");
        }
        return new Tool.Function(name, description, parameters, strict, cache == null ? within : cache);
    }

    /// @param path of the tool, where the cursor's own begins within it
    private static Tool.Function function(JsonCursor body, @Nullable String path) {
        String title = "";
        String description = null;
        RawJson parameters = null;
        Boolean strict = null;
        CacheMark cache = null;
        String where = path == null ? body.path() : path + ".function";
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "name" -> title = body.kind() == JsonKind.STRING ? body.string() : "";
                case "description" -> description = body.kind() == JsonKind.STRING ? body.string() : null;
                case "parameters", "input_schema" -> parameters = parameters(body, where);
                case "strict" -> strict = body.kind() == JsonKind.BOOLEAN ? body.booleanOrNull() : null;
                case "cache_control" -> cache = CacheControl.read(body);
                default -> {}
            }
        }
        if (title.isEmpty()) {
            throw Refused.request(where + ".name is missing (expected: the function's name)", where + ".name");
        }
        return new Tool.Function(title, description, parameters, strict, cache);
    }

    private static @Nullable RawJson parameters(JsonCursor body, String where) {
        return switch (body.kind()) {
            case NULL -> null;
            case OBJECT -> body.raw();
            default -> throw Refused.request(
                    where + ".parameters is " + body.kind().described() + " (expected: a JSON Schema object)",
                    where + ".parameters");
        };
    }
}
