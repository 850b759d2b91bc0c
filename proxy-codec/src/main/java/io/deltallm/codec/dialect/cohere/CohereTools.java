package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Writes the tools of a request of version 2, which knows no named choice: the others are left out instead. Confined to
/// its request.
final class CohereTools {
    private static final RawJson NO_PARAMETERS = RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}");

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
        List<Tool> tools = request.tools();
        if (tools.isEmpty()) {
            return;
        }
        boolean strict = false;
        out.name("tools").beginArray();
        for (int i = 0; i < tools.size(); i++) {
            switch (tools.get(i)) {
                case Tool.Function function -> {
                    strict |= Boolean.TRUE.equals(function.strict());
                    write(function);
                }
                case Tool.Hosted _ -> call.lost("tools[" + i + "]");
            }
        }
        out.endArray();
        if (strict && !request.extras().containsKey("strict_tools")) {
            out.member("strict_tools", true);
        }
        choice();
    }

    private void write(Tool.Function function) {
        if (!mayCall(function.name())) {
            return;
        }
        RawJson parameters = function.parameters();
        out.beginObject().member("type", "function").name("function").beginObject();
        out.member("name", function.name()).optional("description", function.description());
        out.member("parameters", parameters == null ? NO_PARAMETERS : parameters).endObject().endObject();
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
