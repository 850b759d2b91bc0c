package io.deltallm.codec.dialect.ollama;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.OpenAiForm;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.Set;

/// Writes the tools of a request. Ollama lets a model call them as it likes: those that it must not call are left out,
/// that it must call one is lost. Confined to its request.
final class OllamaTools {
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
        if (request.tools().isEmpty() || request.toolChoice() instanceof ToolChoice.None) {
            return;
        }
        Set<String> allowed = allowed();
        new OpenAiForm(call, out).tools(request.tools(), name -> allowed.isEmpty() || allowed.contains(name));
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
}
