package io.deltallm.codec.dialect.ollama;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import java.util.Set;

/// Writes the tools of a request. Ollama lets a model call them as it likes: those that it must not call are left out,
/// that it must call one is lost. Confined to its request.
final class OllamaTools {
    private static final RawJson NO_PARAMETERS = RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}");

    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    OllamaTools(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            call.lost("parallel_tool_calls");
        }
        List<Tool> tools = request.tools();
        if (tools.isEmpty() || request.toolChoice() instanceof ToolChoice.None) {
            return;
        }
        Set<String> allowed = allowed();
        out.name("tools").beginArray();
        for (int i = 0; i < tools.size(); i++) {
            switch (tools.get(i)) {
                case Tool.Function function -> {
                    if (allowed.isEmpty() || allowed.contains(function.name())) {
                        write(function);
                    }
                }
                case Tool.Hosted _ -> call.lost("tools[" + i + "]");
            }
        }
        out.endArray();
    }

    /// Empty where all are.
    private Set<String> allowed() {
        return switch (request.toolChoice()) {
            case null -> Set.of();
            case ToolChoice.Auto _, ToolChoice.None _ -> Set.of();
            case ToolChoice.Required _ -> {
                call.lost("tool_choice");
                yield Set.of();
            }
            case ToolChoice.Named(var name) -> {
                call.lost("tool_choice");
                yield Set.of(name);
            }
            case ToolChoice.Allowed(var names, var required) -> {
                if (required) {
                    call.lost("tool_choice");
                }
                yield Set.copyOf(names);
            }
        };
    }

    private void write(Tool.Function function) {
        RawJson parameters = function.parameters();
        out.beginObject().member("type", "function").name("function").beginObject();
        out.member("name", function.name()).optional("description", function.description());
        out.member("parameters", parameters == null ? NO_PARAMETERS : parameters).endObject().endObject();
    }
}
