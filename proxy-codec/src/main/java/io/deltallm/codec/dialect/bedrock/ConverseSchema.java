package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.ResponseFormat.JsonSchema;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// How an answer is made to follow a JSON schema: by the model's own doing, by a tool that it has to call, or by words.
record ConverseSchema(Way way, @Nullable JsonSchema format) {

    /// Readers turn a call of this tool back into text.
    static final String ANSWER_TOOL = "answer_in_json";

    private static final ConverseSchema NONE = new ConverseSchema(Way.NONE, null);

    enum Way {
        NONE,
        OWN,
        TOOL,
        WORDS
    }

    static ConverseSchema of(@Nullable ResponseFormat format, BedrockModel model, ConverseThinking thinking) {
        if (!(format instanceof JsonSchema schema)) {
            return NONE;
        }
        if (model.takesSchema()) {
            return new ConverseSchema(Way.OWN, schema);
        }
        boolean forced = model.takesForcedTools() && !thinking.isByBudget();
        return new ConverseSchema(forced ? Way.TOOL : Way.WORDS, schema);
    }

    /// The schema of the tool that the model has to call; null where there is none.
    @Nullable JsonSchema asTool() {
        return way == Way.TOOL ? format : null;
    }

    /// The schema that has to be told in words; null where there is none.
    @Nullable RawJson inWords() {
        return way == Way.WORDS && format != null ? format.schema() : null;
    }

    void writeOutputConfig(JsonOutput out) {
        if (way != Way.OWN || format == null) {
            return;
        }
        JsonOutput schema = new JsonOutput();
        new SchemaSubset(schema).copy(format.schema());
        out.name("outputConfig").beginObject().name("textFormat").beginObject();
        out.member("type", "json_schema").name("structure").beginObject().name("jsonSchema").beginObject();
        out.member("name", format.name()).optional("description", format.description());
        out.name("schema").beginString().jsonPiece(schema.toRaw()).endString();
        out.endObject().endObject().endObject().endObject();
    }
}
