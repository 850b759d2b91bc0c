package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.OpenAiForm;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Writes the tools of a request of version 2, which knows no named choice: the others are left out instead. Confined to
/// its request.
final class CohereTools {
    private final ChatRequest request;
    private final UpstreamCall call;
    private final JsonOutput out;

    CohereTools(ChatRequest request, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.call = call;
        this.out = out;
    }

    void write() {
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            call.lost("parallel_tool_calls");
        }
        List<Tool.Function> functions = new OpenAiForm(call, out).tools(request.tools(), this::mayCall);
        if (functions.isEmpty()) {
            return;
        }
        boolean strict = functions.stream().anyMatch(function -> Boolean.TRUE.equals(function.strict()));
        if (strict && !request.extras().containsKey("strict_tools")) {
            out.member("strict_tools", true);
        }
        choice();
    }

    private boolean mayCall(String name) {
        return switch (request.toolChoice()) {
            case ToolChoice.Named(var named) -> named.equals(name);
            case ToolChoice.Allowed(var names, _) -> names.contains(name);
            case null, default -> true;
        };
    }

    private void choice() {
        switch (request.toolChoice()) {
            case null -> {}
            case ToolChoice.Auto _ -> {}
            case ToolChoice.None _ -> out.member("tool_choice", "NONE");
            case ToolChoice.Required _, ToolChoice.Named _ -> out.member("tool_choice", "REQUIRED");
            case ToolChoice.Allowed(_, var required) -> {
                if (required) {
                    out.member("tool_choice", "REQUIRED");
                }
            }
        }
    }
}
