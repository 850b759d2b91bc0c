package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Writes tools, the choice among them and the form of the text as requests state them and responses repeat them.
/// Stateless.
final class SettingForms {
    private static final RawJson NO_PARAMETERS = RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}");
    private static final String FORMAT_NAME = "response";

    private SettingForms() {}

    static void tool(Tool.Function tool, JsonOutput out) {
        out.beginObject().member("type", "function").member("name", tool.name());
        out.optional("description", tool.description());
        out.member("parameters", tool.parameters() == null ? NO_PARAMETERS : tool.parameters());
        // Unsaid would be true.
        out.member("strict", Boolean.TRUE.equals(tool.strict())).endObject();
    }

    static void choice(ToolChoice choice, JsonOutput out) {
        switch (choice) {
            case ToolChoice.Auto() -> out.value("auto");
            case ToolChoice.None() -> out.value("none");
            case ToolChoice.Required() -> out.value("required");
            case ToolChoice.Named(String name) -> named(name, out);
            case ToolChoice.Allowed allowed -> {
                out.beginObject().member("type", "allowed_tools");
                out.member("mode", allowed.required() ? "required" : "auto").name("tools").beginArray();
                allowed.names().forEach(name -> named(name, out));
                out.endArray().endObject();
            }
        }
    }

    private static void named(String name, JsonOutput out) {
        out.beginObject().member("type", "function").member("name", name).endObject();
    }

    /// The value of `text`.
    static void text(@Nullable ResponseFormat format, @Nullable RawJson verbosity, JsonOutput out) {
        out.beginObject();
        if (format != null) {
            out.name("format");
            format(format, out);
        }
        out.optional("verbosity", verbosity).endObject();
    }

    private static void format(ResponseFormat format, JsonOutput out) {
        out.beginObject();
        switch (format) {
            case ResponseFormat.PlainText() -> out.member("type", "text");
            case ResponseFormat.JsonObject() -> out.member("type", "json_object");
            case ResponseFormat.JsonSchema schema -> {
                out.member("type", "json_schema");
                out.member("name", schema.name().isEmpty() ? FORMAT_NAME : schema.name());
                out.optional("description", schema.description());
                out.member("schema", schema.schema()).optional("strict", schema.strict());
            }
        }
        out.endObject();
    }
}
