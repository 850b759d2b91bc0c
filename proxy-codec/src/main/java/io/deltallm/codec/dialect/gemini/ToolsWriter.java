package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `tools` and `toolConfig`. Confined to one request.
final class ToolsWriter {
    /// Extras with this in front are members of `toolConfig`.
    static final String PREFIX = "toolConfig.";

    private static final String NO_PARAMETERS = "{\"type\":\"OBJECT\"}";

    /// How clients of OpenAI chat ask for a search.
    private static final String WEB_SEARCH = "web_search_options";

    private static final RawJson GOOGLE_SEARCH = RawJson.ofLiteral("{\"googleSearch\":{}}");

    private final ChatRequest request;
    private final GeminiModel model;
    private final boolean vertex;
    private final LostFields lost;
    private final JsonOutput out;
    private final List<Tool.Function> functions = new ArrayList<>();
    private final List<RawJson> hosted = new ArrayList<>();

    ToolsWriter(ChatRequest request, GeminiModel model, boolean vertex, LostFields lost, JsonOutput out) {
        this.request = request;
        this.model = model;
        this.vertex = vertex;
        this.lost = lost;
        this.out = out;
    }

    /// Whether an extra of the request's dialect is written here.
    static boolean takes(ChatRequest request, GeminiModel model, String extra) {
        boolean functions = request.tools().stream().anyMatch(Tool.Function.class::isInstance);
        return extra.equals(WEB_SEARCH) && !isOwn(request.dialect()) && (!functions || model.combinesTools());
    }

    void write() {
        if (request.extras().containsKey(WEB_SEARCH) && takes(request, model, WEB_SEARCH)) {
            hosted.add(GOOGLE_SEARCH);
        }
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> functions.add(function);
                case Tool.Hosted(var dialect, var definition) -> hosted(dialect, definition);
            }
        }
        if (!functions.isEmpty() || !hosted.isEmpty()) {
            out.name("tools").beginArray();
            declarations();
            hosted.forEach(out::value);
            out.endArray();
        }
        config();
    }

    private void hosted(String dialect, RawJson definition) {
        if (isOwn(dialect)) {
            hosted.add(definition);
        } else {
            lost.tell("tools");
        }
    }

    private static boolean isOwn(String dialect) {
        return dialect.equals(Operation.GENERATE_CONTENT.label());
    }

    private void declarations() {
        if (functions.isEmpty()) {
            return;
        }
        out.beginObject().name("functionDeclarations").beginArray();
        functions.forEach(this::declaration);
        out.endArray().endObject();
    }

    private void declaration(Tool.Function function) {
        lost.tellIf(Boolean.TRUE.equals(function.strict()), "tools.function.strict");
        out.beginObject().member("name", function.name()).optional("description", function.description());
        RawJson parameters = function.parameters();
        if (parameters != null && parameters.isObject()) {
            parameters(parameters);
        }
        out.endObject();
    }

    private void parameters(RawJson schema) {
        if (model.takesJsonSchema()) {
            out.member("parametersJsonSchema", schema);
            return;
        }
        JsonOutput reduced = new JsonOutput();
        new ReducedSchema(schema, reduced).write();
        if (!reduced.toString().equals(NO_PARAMETERS)) { // which old models refuse
            out.member("parameters", reduced.toRaw());
        }
    }

    private void config() {
        JsonOutput config = new JsonOutput().beginObject();
        ToolChoice choice = request.toolChoice();
        boolean combined = combined();
        boolean unasked = combined && choice instanceof ToolChoice.Auto;
        if (choice != null && !functions.isEmpty() && !unasked) {
            config.name("functionCallingConfig").beginObject();
            mode(choice, config);
            config.endObject();
        }
        if (isOwn(request.dialect())) {
            request.extras().forEach((name, value) -> {
                if (name.startsWith(PREFIX)) {
                    config.anyName(name.substring(PREFIX.length())).value(value);
                }
            });
        }
        if (combined) {
            config.member("includeServerSideToolInvocations", true);
        }
        config.endObject();
        if (config.length() > 2) {
            out.member("toolConfig", config.toRaw());
        }
    }

    /// The Gemini API demands to be told that functions and tools of its own come together; Vertex AI refuses to be. Google's
    /// clients say it themselves. (https://ai.google.dev/gemini-api/docs/tool-combination)
    private boolean combined() {
        return !vertex
                && !isOwn(request.dialect())
                && model.combinesTools()
                && !functions.isEmpty()
                && !hosted.isEmpty();
    }

    private static void mode(ToolChoice choice, JsonOutput config) {
        switch (choice) {
            case ToolChoice.Auto() -> config.member("mode", "AUTO");
            case ToolChoice.None() -> config.member("mode", "NONE");
            case ToolChoice.Required() -> config.member("mode", "ANY");
            case ToolChoice.Named(var name) -> allowed("ANY", List.of(name), config);
            // Only VALIDATED lets the model choose between a text and one of some functions.
            case ToolChoice.Allowed(var names, var required) -> allowed(required ? "ANY" : "VALIDATED", names, config);
        }
    }

    private static void allowed(String mode, List<String> names, JsonOutput config) {
        config.member("mode", mode).name("allowedFunctionNames").beginArray();
        names.forEach(config::value);
        config.endArray();
    }

    /// For readers of this class: the choice that a mode stands for.
    static @Nullable ToolChoice choice(String mode, List<String> names) {
        return switch (mode) {
            case "AUTO" -> new ToolChoice.Auto();
            case "NONE" -> new ToolChoice.None();
            case "ANY" -> names.isEmpty()
                    ? new ToolChoice.Required()
                    : names.size() == 1 ? new ToolChoice.Named(names.getFirst()) : new ToolChoice.Allowed(names, true);
            case "VALIDATED" -> names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(names, false);
            default -> null;
        };
    }
}
