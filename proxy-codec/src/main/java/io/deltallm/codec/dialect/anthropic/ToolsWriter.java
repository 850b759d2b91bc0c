package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes `tools` and `tool_choice`. One a request.
final class ToolsWriter {
    private static final RawJson ANY_OBJECT = RawJson.ofLiteral("{\"type\":\"object\"}");
    private static final RawJson NO_ARGUMENTS = RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}");

    private final ChatRequest request;
    private final ClaudeModel model;
    private final AnswerPlan answer;
    private final boolean thinking;
    private final UpstreamCall call;
    private final JsonOutput out;

    ToolsWriter(
            ChatRequest request, ClaudeModel model, AnswerPlan answer, boolean thinking, UpstreamCall call, JsonOutput out) {
        this.request = request;
        this.model = model;
        this.answer = answer;
        this.thinking = thinking;
        this.call = call;
        this.out = out;
    }

    void write(Turns turns) {
        boolean answerTool = answer.way() == AnswerPlan.Way.TOOL;
        List<Tool> carried = carried();
        boolean placeholders = carried.isEmpty() && turns.useTools();
        if (carried.isEmpty() && !placeholders && !answerTool) {
            return;
        }
        out.name("tools").beginArray();
        carried.forEach(this::tool);
        if (placeholders) {
            turns.calledTools().forEach(this::placeholder);
        }
        if (answerTool) {
            answerTool();
        }
        out.endArray();
        choice(carried.isEmpty(), answerTool);
    }

    private List<Tool> carried() {
        List<Tool> carried = new ArrayList<>();
        for (int i = 0; i < request.tools().size(); i++) {
            Tool tool = request.tools().get(i);
            if (tool instanceof Tool.Hosted(var dialect, _) && !dialect.equals(Operation.MESSAGES.label())) {
                call.lost("tools[" + i + "]");
            } else if (!(tool instanceof Tool.Function function) || allowed(function.name())) {
                carried.add(tool);
            }
        }
        return carried;
    }

    /// Anthropic has no list of allowed tools: the others are left out.
    private boolean allowed(String name) {
        return !(request.toolChoice() instanceof ToolChoice.Allowed(var names, _)) || names.contains(name);
    }

    private void tool(Tool tool) {
        switch (tool) {
            case Tool.Hosted(_, var definition) -> out.value(definition);
            case Tool.Function function when function.origin() instanceof TypedTool(var definition) -> out.value(definition);
            case Tool.Function function -> function(function);
        }
    }

    private void function(Tool.Function function) {
        RawJson schema = function.parameters() == null ? NO_ARGUMENTS : typed(function.parameters());
        boolean strict = Boolean.TRUE.equals(function.strict());
        if (strict) {
            ClosedSchema closed = model.takesFormat() ? ClosedSchema.of(schema) : new ClosedSchema(schema, true);
            strict = !closed.open();
            if (strict) {
                schema = closed.schema();
            } else {
                call.lost("tools.strict");
            }
        }
        out.beginObject()
                .member("name", name(function.name()))
                .optional("description", function.description())
                .member("input_schema", schema)
                .optional("strict", strict ? Boolean.TRUE : null);
        BlockWriter.cacheMark(function.cache(), out);
        out.endObject();
    }

    private static String name(String name) {
        String safe = ToolNames.safe(name);
        if (safe.length() > ToolNames.LONGEST || safe.isEmpty()) {
            throw Refused.request(
                    "The tool's name \"" + name + "\" must have 1 to " + ToolNames.LONGEST + " characters", "tools");
        }
        return safe;
    }

    /// Anthropic demands `type: object` at the top, which OpenAI does not.
    private static RawJson typed(RawJson schema) {
        if (!schema.isObject()) {
            return NO_ARGUMENTS;
        }
        RawJson type = Block.child(schema, "type");
        if (type != null && !type.isNull()) {
            return schema;
        }
        JsonOutput typed = new JsonOutput().beginObject().member("type", "object");
        MappedExtras.members(schema, typed);
        return typed.endObject().toRaw();
    }

    private void placeholder(String name) {
        out.beginObject()
                .member("name", name(name))
                .member("description", "Not available any more")
                .member("input_schema", ANY_OBJECT)
                .endObject();
    }

    private void answerTool() {
        String description = answer.description();
        out.beginObject()
                .member("name", ToolNames.ANSWER)
                .member("description", "Gives the answer." + (description == null ? "" : " " + description))
                .member("input_schema", answer.schema() == null ? ANY_OBJECT : answer.schema())
                .endObject();
    }

    private void choice(boolean noTools, boolean answerTool) {
        if (answerTool) {
            boolean others = !noTools && !(request.toolChoice() instanceof ToolChoice.None);
            if (others) {
                choice("any", null, oneAtATime());
            } else {
                choice("tool", ToolNames.ANSWER, true);
            }
            return;
        }
        if (noTools) {
            choice("none", null);
            return;
        }
        switch (request.toolChoice()) {
            case null -> {
                if (oneAtATime()) {
                    choice("auto", null);
                }
            }
            case ToolChoice.Auto _ -> choice("auto", null);
            case ToolChoice.None _ -> choice("none", null);
            case ToolChoice.Required _ -> forced("any", null);
            case ToolChoice.Named(var name) -> forced("tool", ToolNames.safe(name));
            case ToolChoice.Allowed(_, var required) -> {
                if (required) {
                    forced("any", null);
                } else {
                    choice("auto", null);
                }
            }
        }
    }

    /// No model can be forced while it thinks, and some never.
    private void forced(String type, @Nullable String name) {
        if (thinking || !model.takesForcedTool()) {
            call.lost("tool_choice");
            choice("auto", null);
        } else {
            choice(type, name);
        }
    }

    private void choice(String type, @Nullable String name) {
        choice(type, name, oneAtATime());
    }

    private boolean oneAtATime() {
        return Boolean.FALSE.equals(request.parallelToolCalls());
    }

    private void choice(String type, @Nullable String name, boolean oneAtATime) {
        out.name("tool_choice").beginObject().member("type", type).optional("name", name);
        if (oneAtATime && !type.equals("none")) {
            out.member("disable_parallel_tool_use", true);
        }
        out.endObject();
    }
}
