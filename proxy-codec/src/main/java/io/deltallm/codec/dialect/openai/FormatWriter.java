package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import org.jspecify.annotations.Nullable;

/// Writes `response_format`. Confined to one request.
final class FormatWriter {
    private final Target target;

    FormatWriter(Target target) {
        this.target = target;
    }

    /// What has to be said in words, since the host has no field for it.
    @Nullable String instruction(@Nullable ResponseFormat format) {
        return format instanceof ResponseFormat.JsonSchema schema && target.has(Quirk.NO_JSON_SCHEMA)
                ? "Answer with one JSON object that follows this JSON Schema, and nothing else:\n"
                        + schema.schema().json()
                : null;
    }

    void write(@Nullable ResponseFormat format, JsonOutput out) {
        switch (format) {
            case null -> {}
            case ResponseFormat.PlainText _ -> type("text", out);
            case ResponseFormat.JsonObject _ -> type("json_object", out);
            case ResponseFormat.JsonSchema schema -> {
                if (target.has(Quirk.NO_JSON_SCHEMA)) {
                    target.lost("response_format.json_schema");
                    type("json_object", out);
                } else {
                    schema(schema, out);
                }
            }
        }
    }

    private static void type(String type, JsonOutput out) {
        out.name("response_format").beginObject().member("type", type).endObject();
    }

    private static void schema(ResponseFormat.JsonSchema schema, JsonOutput out) {
        out.name("response_format").beginObject().member("type", "json_schema");
        out.name("json_schema").beginObject().member("name", schema.name());
        out.optional("description", schema.description()).member("schema", schema.schema());
        out.optional("strict", schema.strict()).endObject();
        out.endObject();
    }
}
