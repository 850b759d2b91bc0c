package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;
import org.jspecify.annotations.Nullable;

/// The text that a custom tool takes, as the one argument of the function that stands for it. Stateless.
final class FreeText {
    private static final String ARGUMENT = "input";

    static final RawJson PARAMETERS = RawJson.ofLiteral("""
            {"type":"object","properties":{"input":{"type":"string",\
            "description":"The whole input of the tool: its text, nothing around it"}},\
            "required":["input"],"additionalProperties":false}""");

    private FreeText() {}

    /// What the tool does, and what its text has to look like: without this, no model would know the grammar.
    static String description(ObjectFields tool) {
        String said = tool.text("description");
        ObjectFields format = tool.object("format");
        String definition = format == null ? null : format.text("definition");
        if (format == null || definition == null) {
            return said == null ? "" : said;
        }
        String syntax = format.text("syntax");
        return (said == null ? "" : said + "\n\n") + "The text of " + ARGUMENT + " follows this "
                + (syntax == null ? "" : syntax + " ") + "grammar:\n" + definition;
    }

    /// @param input a JSON string
    static RawJson arguments(RawJson input) {
        return new JsonOutput().beginObject().member(ARGUMENT, input).endObject().toRaw();
    }

    /// The text in the arguments that a model wrote; all of them, where it wrote the text as it is.
    ///
    /// @param arguments a JSON string
    static RawJson of(RawJson arguments) {
        String text = arguments.text();
        RawJson input = JsonSyntax.isObject(text) ? only(RawJson.ofLiteral(text)) : null;
        return input == null ? arguments : input;
    }

    /// The argument, or the only one under another name.
    private static @Nullable RawJson only(RawJson object) {
        RawJson only = null;
        int members = 0;
        JsonCursor cursor = new JsonCursor().over(object);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            RawJson value = cursor.raw();
            members++;
            if (value.isString() && name.equals(ARGUMENT)) {
                return value;
            }
            only = value;
        }
        return members == 1 && only != null && only.isString() ? only : null;
    }
}
