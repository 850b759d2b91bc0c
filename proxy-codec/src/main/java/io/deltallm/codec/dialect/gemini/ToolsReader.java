package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `tools`: declared functions, and Google's own tools one by one. Confined to one request.
final class ToolsReader {
    private final List<Tool> tools;

    /// @param tools takes what is read
    ToolsReader(List<Tool> tools) {
        this.tools = tools;
    }

    void read(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.OBJECT) {
            tool(cursor);
            return;
        }
        cursor.array();
        while (cursor.element()) {
            tool(cursor);
        }
    }

    private void tool(JsonCursor cursor) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (cursor.skipNull()) {
                continue;
            }
            String member = CamelCase.of(name);
            if (member.equals("functionDeclarations")) {
                declarations(cursor);
            } else {
                hosted(member, cursor.raw());
            }
        }
    }

    private void hosted(String member, RawJson value) {
        RawJson definition = new JsonOutput().beginObject().anyName(member).value(value).endObject().toRaw();
        tools.add(new Tool.Hosted(Operation.GENERATE_CONTENT.label(), definition));
    }

    private void declarations(JsonCursor cursor) {
        cursor.array();
        while (cursor.element()) {
            declaration(cursor);
        }
    }

    private void declaration(JsonCursor cursor) {
        String name = null;
        String description = null;
        RawJson parameters = null;
        cursor.object();
        for (String member = cursor.name(); member != null; member = cursor.name()) {
            switch (CamelCase.of(member)) {
                case "name" -> name = cursor.stringOrNull();
                case "description" -> description = cursor.stringOrNull();
                case "parameters" -> parameters = cursor.skipNull() ? parameters : JsonSchemaOf.openApi(cursor);
                case "parametersJsonSchema" -> parameters = cursor.skipNull() ? parameters : cursor.raw();
                default -> {}
            }
        }
        tools.add(function(name, description, parameters, cursor));
    }

    private static Tool function(
            @Nullable String name, @Nullable String description, @Nullable RawJson parameters, JsonCursor cursor) {
        if (name == null || name.isEmpty()) {
            throw cursor.problem("has a function without a name");
        }
        return new Tool.Function(name, description, parameters, null, null);
    }
}
