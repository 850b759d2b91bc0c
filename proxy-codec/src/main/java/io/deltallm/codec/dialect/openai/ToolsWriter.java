package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.util.ArrayList;
import java.util.List;

/// Writes `tools`, `tool_choice` and `parallel_tool_calls`. Confined to one request.
final class ToolsWriter {
    private final Target target;

    ToolsWriter(Target target) {
        this.target = target;
    }

    void write(ChatRequest request, JsonOutput out) {
        List<Tool> tools = offered(request);
        if (tools.isEmpty()) {
            return;
        }
        out.name("tools").beginArray();
        for (Tool tool : tools) {
            tool(tool, out);
        }
        out.endArray();
        if (request.toolChoice() != null) {
            choice(request.toolChoice(), out);
        }
        parallel(request, out);
    }

    private List<Tool> offered(ChatRequest request) {
        List<Tool> offered = new ArrayList<>();
        if (!request.tools().isEmpty() && target.has(Quirk.NO_TOOLS)) {
            target.lost("tools");
            return offered;
        }
        for (Tool tool : request.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (allowed(request, function.name())) {
                        offered.add(function);
                    }
                }
                case Tool.Hosted(String dialect, _) -> {
                    if (target.takesOwnOf(dialect)) {
                        offered.add(tool);
                    } else {
                        target.lost("tools");
                    }
                }
            }
        }
        return offered;
    }

    /// Where the host has no word for "one of these", only these are offered.
    private boolean allowed(ChatRequest request, String name) {
        return target.openAi()
                || !(request.toolChoice() instanceof ToolChoice.Allowed(var names, _))
                || names.contains(name);
    }

    private void tool(Tool tool, JsonOutput out) {
        switch (tool) {
            case Tool.Hosted(_, var definition) -> out.value(definition);
            case Tool.Function(var name, var description, var parameters, var strict, var cache, _) -> {
                out.beginObject().member("type", "function").name("function").beginObject();
                out.member("name", name).optional("description", description);
                out.optional("parameters", parameters);
                if (strict != null && !target.has(Quirk.NO_JSON_SCHEMA)) {
                    out.member("strict", strict.booleanValue());
                }
                out.endObject();
                if (cache != null && target.takesCacheMarks()) {
                    CacheControl.write(cache, out);
                } else if (cache != null) {
                    target.lost("cache_control");
                }
                out.endObject();
            }
        }
    }

    private void choice(ToolChoice choice, JsonOutput out) {
        out.name("tool_choice");
        switch (choice) {
            case ToolChoice.Auto _ -> out.value("auto");
            case ToolChoice.None _ -> out.value("none");
            case ToolChoice.Required _ -> forced(out);
            case ToolChoice.Named(String name) -> function(name, out);
            case ToolChoice.Allowed(var names, boolean required) -> {
                if (target.openAi()) {
                    allowed(names, required, out);
                } else if (required) {
                    forced(out);
                } else {
                    out.value("auto");
                }
            }
        }
    }

    private void forced(JsonOutput out) {
        if (target.has(Quirk.NO_FORCED_TOOL)) {
            target.lost("tool_choice");
            out.value("auto");
        } else {
            out.value("required");
        }
    }

    private static void allowed(List<String> names, boolean required, JsonOutput out) {
        out.beginObject().member("type", "allowed_tools").name("allowed_tools").beginObject();
        out.member("mode", required ? "required" : "auto").name("tools").beginArray();
        for (String name : names) {
            function(name, out);
        }
        out.endArray().endObject().endObject();
    }

    private static void function(String name, JsonOutput out) {
        out.beginObject().member("type", "function").name("function").beginObject().member("name", name).endObject();
        out.endObject();
    }

    private void parallel(ChatRequest request, JsonOutput out) {
        Boolean parallel = request.parallelToolCalls();
        if (parallel == null) {
            return;
        }
        if (!target.has(Quirk.NO_PARALLEL_SWITCH)) {
            out.member("parallel_tool_calls", parallel.booleanValue());
        } else if (!parallel) {
            target.lost("parallel_tool_calls");
        }
    }
}
