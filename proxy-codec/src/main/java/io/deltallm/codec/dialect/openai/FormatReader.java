package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads `response_format`. Stateless.
final class FormatReader {

    private FormatReader() {}

    static @Nullable ResponseFormat read(JsonCursor body) {
        if (body.skipNull()) {
            return null;
        }
        String type = "";
        ResponseFormat schema = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "type" -> type = body.string();
                case "json_schema" -> schema = schema(body);
                default -> {}
            }
        }
        return switch (type) {
            case "text" -> new ResponseFormat.PlainText();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> {
                if (schema == null) {
                    throw Refused.request(
                            "response_format.json_schema is missing (expected: an object with name and schema)",
                            "response_format.json_schema");
                }
                yield schema;
            }
            default -> throw Refused.request(
                    "response_format.type is \"" + type + "\" (expected: text, json_object or json_schema)",
                    "response_format.type");
        };
    }

    private static @Nullable ResponseFormat schema(JsonCursor body) {
        if (body.skipNull()) {
            return null;
        }
        String title = "response";
        String description = null;
        RawJson schema = RawJson.EMPTY_OBJECT;
        Boolean strict = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "name" -> title = body.string();
                case "description" -> description = body.stringOrNull();
                case "schema" -> schema = schemaObject(body, schema);
                case "strict" -> strict = body.booleanOrNull();
                default -> {}
            }
        }
        return new ResponseFormat.JsonSchema(title, description, schema, strict);
    }

    private static RawJson schemaObject(JsonCursor body, RawJson otherwise) {
        if (body.skipNull()) {
            return otherwise;
        }
        if (body.kind() != JsonKind.OBJECT) {
            throw body.problem("is " + body.kind().described() + " (expected: a JSON Schema object)");
        }
        return body.raw();
    }
}
