package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a client's request. Confined to it.
final class RequestReader {
    static final String LOGPROBS = "message.output_text.logprobs";
    static final String ENCRYPTED = "reasoning.encrypted_content";

    /// Read into words of the hub, or answered by how translated calls work anyway.
    private static final Set<String> READ = Set.of(
            "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "max_output_tokens",
            "temperature", "top_p", "top_logprobs", "text", "reasoning", "include", "stream", "stream_options", "user",
            "background", "store", "truncation");

    private final ObjectFields body;
    private final Map<String, RawJson> extras = new LinkedHashMap<>();

    RequestReader(ObjectFields body) {
        this.body = body;
    }

    ChatRequest read() {
        refuseState();
        String model = body.needText("model");
        InputReader input = new InputReader();
        input.instructions(body.text("instructions"));
        input.read(input());
        ToolReader tools = new ToolReader(body);
        ToolChoice choice = tools.choice(extras);
        Sampling sampling = sampling();
        ResponseFormat format = format();
        Reasoning reasoning = reasoning();
        keepOthers();
        return new ChatRequest(
                Responses.DIALECT,
                model,
                input.messages(),
                tools.tools(input.toolsFound()),
                choice,
                body.flag("parallel_tool_calls"),
                sampling,
                format,
                reasoning,
                Boolean.TRUE.equals(body.flag("stream")),
                true,
                body.text("user"),
                extras);
    }

    /// What stands on the server of the provider that made it cannot be told to another one.
    private void refuseState() {
        for (String name : List.of("previous_response_id", "conversation")) {
            if (body.has(name)) {
                throw Refused.request(
                        name + " refers to a conversation that is kept by a provider; this model is served through another"
                                + " API, which keeps none: leave it out and send the whole conversation in input",
                        name);
            }
        }
        if (body.has("prompt")) {
            throw Refused.request(
                    "prompt refers to a template that is kept by a provider; this model is served through another API, which"
                            + " keeps none: leave it out and send the text in instructions and input",
                    "prompt");
        }
        if (Boolean.TRUE.equals(body.flag("background"))) {
            throw Refused.request(
                    "background is true, but this model is served through another API, which cannot run in the background:"
                            + " leave it out and wait for the reply, or set stream",
                    "background");
        }
    }

    private RawJson input() {
        RawJson input = body.raw("input");
        if (input == null) {
            throw body.missing("input", "a string or an array of items");
        }
        return input;
    }

    private Sampling sampling() {
        return new Sampling(
                body.whole("max_output_tokens"),
                body.number("temperature"),
                body.number("top_p"),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                include() ? Boolean.TRUE : null,
                body.whole("top_logprobs"),
                null);
    }

    /// Whether log probabilities are asked for. Encrypted thoughts are always given; anything else stays an extra.
    private boolean include() {
        boolean[] logprobs = {false};
        body.each("include", (element, where) -> {
            if (!element.isString()) {
                throw ObjectFields.wrong(element, where, "a string");
            }
            switch (element.text()) {
                case LOGPROBS -> logprobs[0] = true;
                case ENCRYPTED -> {}
                default -> extras.put("include", Objects.requireNonNull(body.raw("include")));
            }
        });
        return logprobs[0];
    }

    private @Nullable ResponseFormat format() {
        ObjectFields text = body.object("text");
        if (text == null) {
            return null;
        }
        RawJson verbosity = text.raw("verbosity");
        if (verbosity != null) {
            // Under its name in OpenAI's chat, where it means the same.
            extras.put("verbosity", verbosity);
        }
        ObjectFields format = text.object("format");
        return format == null ? null : format(format);
    }

    private static ResponseFormat format(ObjectFields format) {
        return switch (format.needText("type")) {
            case "text" -> new ResponseFormat.PlainText();
            case "json_object" -> new ResponseFormat.JsonObject();
            case "json_schema" -> {
                RawJson schema = format.raw("schema");
                if (schema == null || !schema.isObject()) {
                    throw format.wrong("schema", "a JSON Schema object");
                }
                yield new ResponseFormat.JsonSchema(
                        format.needText("name"), format.text("description"), schema, format.flag("strict"));
            }
            default -> throw format.wrong("type", "text, json_object or json_schema");
        };
    }

    private @Nullable Reasoning reasoning() {
        ObjectFields reasoning = body.object("reasoning");
        if (reasoning == null) {
            return null;
        }
        reasoning.members().forEach((name, value) -> {
            if (!Set.of("effort", "summary", "generate_summary").contains(name)) {
                extras.put("reasoning." + name, value);
            }
        });
        String effort = reasoning.text("effort");
        String summary = reasoning.text("summary");
        // Its older name.
        String shown = summary == null ? reasoning.text("generate_summary") : summary;
        if (effort == null && shown == null) {
            return null;
        }
        return new Reasoning(effort == null ? null : effort.toLowerCase(Locale.ROOT), null, shown);
    }

    private void keepOthers() {
        body.members().forEach((name, value) -> {
            if (!READ.contains(name)) {
                extras.putIfAbsent(name, value);
            }
        });
        // The other values are what a translated call does anyway.
        if (Boolean.TRUE.equals(body.flag("store"))) {
            extras.put("store", RawJson.ofLiteral("true"));
        }
        String truncation = body.text("truncation");
        if (truncation != null && !truncation.equals("disabled")) {
            extras.put("truncation", RawJson.ofText(truncation));
        }
    }
}
