package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `thinking` and `output_config`: how much to think, and in what form to answer. One a request.
final class ThinkingReader {
    private @Nullable Long budget;
    private @Nullable String summary;
    private @Nullable String effort;
    private @Nullable ResponseFormat format;
    /// The members of `output_config` that the hub has no word for.
    private final Map<String, RawJson> others = new LinkedHashMap<>();

    @Nullable ResponseFormat responseFormat() {
        return format;
    }

    @Nullable Reasoning reasoning() {
        if (budget == null && effort == null) {
            return null;
        }
        // Effort is more than thinking at Anthropic, but at others it would switch thinking on again.
        return new Reasoning(isOff() && effort != null ? "none" : effort, budget, summary);
    }

    private boolean isOff() {
        return budget != null && budget == 0;
    }

    /// Adds what is left of `output_config`, under its name.
    void addTo(Map<String, RawJson> extras) {
        if (isOff() && effort != null) {
            others.put("effort", RawJson.ofText(effort));
        }
        if (!others.isEmpty()) {
            JsonOutput left = new JsonOutput().beginObject();
            others.forEach((name, value) -> left.anyName(name).value(value));
            extras.put("output_config", left.endObject().toRaw());
        }
    }

    /// `{"type":"enabled","budget_tokens":2048}`, `{"type":"adaptive","display":"omitted"}`, `{"type":"disabled"}`
    ThinkingReader thinking(JsonCursor cursor) {
        String type = null;
        Long tokens = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "type" -> type = cursor.string();
                case "budget_tokens" -> tokens = cursor.longOrNull();
                case "display" -> summary = "omitted".equals(cursor.stringOrNull()) ? "none" : "auto";
                default -> {}
            }
        }
        budget = switch (type == null ? "" : type) {
            case "disabled" -> Long.valueOf(0);
            // Anthropic demands a budget; others that took over the field do not.
            case "enabled" -> tokens == null ? Long.valueOf(-1) : tokens;
            case "adaptive" -> Long.valueOf(-1);
            default -> throw Refused.request(
                    "thinking.type: Input should be 'enabled', 'adaptive' or 'disabled', not '" + type + "'",
                    "thinking.type");
        };
        return this;
    }

    void outputConfig(JsonCursor cursor) {
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (cursor.skipNull()) {
                continue;
            }
            switch (name) {
                case "effort" -> effort = cursor.string().toLowerCase(Locale.ROOT);
                case "format" -> format(cursor);
                default -> others.put(name, cursor.raw());
            }
        }
    }

    /// `{"type":"json_schema","schema":{…}}`
    void format(JsonCursor cursor) {
        String type = null;
        RawJson schema = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "type" -> type = cursor.string();
                case "schema" -> schema = cursor.raw();
                default -> {}
            }
        }
        if (!"json_schema".equals(type)) {
            throw Refused.request(
                    "output_config.format.type: Input should be 'json_schema', not '" + type + "'",
                    "output_config.format.type");
        }
        if (schema == null || !schema.isObject()) {
            throw MessagesRequestReader.required("output_config.format.schema");
        }
        format = new ResponseFormat.JsonSchema("answer", null, schema, true);
    }
}
