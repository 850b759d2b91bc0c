package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat.JsonSchema;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `toolConfig`. It has to be there whenever the history tells of tools, and there is no choice of "none".
final class ConverseTools {
    private static final RawJson NO_PARAMETERS = RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}");

    private final ChatRequest request;
    private final BedrockModel model;
    private final UpstreamCall call;
    private final @Nullable JsonSchema answer;
    private final ConverseThinking thinking;

    ConverseTools(
            ChatRequest request,
            BedrockModel model,
            UpstreamCall call,
            @Nullable JsonSchema answer,
            ConverseThinking thinking) {
        this.request = request;
        this.model = model;
        this.call = call;
        this.answer = answer;
        this.thinking = thinking;
    }

    void write(JsonOutput out) {
        if (Boolean.FALSE.equals(request.parallelToolCalls()) && !request.tools().isEmpty()) {
            call.lost("parallel_tool_calls");
        }
        if (!model.takesTools()) {
            BedrockLosses.tellIf(!request.tools().isEmpty(), "tools", call);
            return;
        }
        Set<String> history = calledInHistory();
        boolean none = request.toolChoice() instanceof ToolChoice.None;
        List<Tool> offered = none && history.isEmpty() ? List.of() : offered();
        if (offered.isEmpty() && history.isEmpty() && answer == null) {
            return;
        }
        JsonOutput list = new JsonOutput();
        tools(offered, history, list);
        if (list.length() > 2) {
            out.name("toolConfig").beginObject().member("tools", list.toRaw());
            choice(out);
            out.endObject();
        }
    }

    private void tools(List<Tool> offered, Set<String> history, JsonOutput list) {
        list.beginArray();
        int index = 0;
        boolean any = answer != null;
        for (Tool tool : offered) {
            any |= tool(tool, index++, list);
        }
        if (answer != null) {
            String description = answer.description();
            spec(
                    ConverseSchema.ANSWER_TOOL,
                    description == null ? "Gives the answer, as its input." : description,
                    answer.schema(),
                    false,
                    list);
        }
        if (!any) {
            // What the history tells of must be declared, though it cannot be known how.
            history.forEach(name -> spec(name, null, NO_PARAMETERS, false, list));
        }
        list.endArray();
    }

    /// The tools that the choice leaves.
    private List<Tool> offered() {
        if (!(request.toolChoice() instanceof ToolChoice.Allowed(List<String> names, _))) {
            return request.tools();
        }
        return request.tools().stream()
                .filter(tool -> !(tool instanceof Tool.Function function) || names.contains(function.name()))
                .toList();
    }

    private boolean tool(Tool tool, int index, JsonOutput out) {
        switch (tool) {
            case Tool.Function function -> {
                String description = function.description();
                RawJson parameters = function.parameters();
                spec(
                        function.name(),
                        description == null || description.isBlank() ? null : description,
                        parameters == null ? NO_PARAMETERS : parameters,
                        Boolean.TRUE.equals(function.strict()) && model.takesSchema(),
                        out);
                CacheMark cache = model.takesAllCachePoints() ? function.cache() : null;
                ConverseBlocks.cachePoint(out, cache, model);
                return true;
            }
            case Tool.Hosted(String dialect, RawJson definition) -> {
                boolean own = dialect.equals(Operation.CONVERSE.label());
                if (own) {
                    out.value(definition);
                } else {
                    call.lost("tools[" + index + "]");
                }
                return own;
            }
        }
    }

    private static void spec(
            String name, @Nullable String description, RawJson schema, boolean strict, JsonOutput out) {
        out.beginObject().name("toolSpec").beginObject();
        out.member("name", name).optional("description", description);
        out.name("inputSchema").beginObject().name("json");
        schema(schema, out);
        out.endObject();
        if (strict) {
            out.member("strict", true);
        }
        out.endObject().endObject();
    }

    /// It has to say that it is of an object.
    private static void schema(RawJson schema, JsonOutput out) {
        if (!schema.isObject()) {
            throw Refused.request("A tool's parameters are " + schema + " (expected: a JSON schema)", "tools");
        }
        JsonCursor cursor = new JsonCursor().over(schema);
        boolean typed = false;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            typed |= name.equals("type");
        }
        if (typed) {
            out.value(schema);
            return;
        }
        out.beginObject().member("type", "object");
        cursor.over(schema).object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            out.anyName(name).value(cursor.raw());
        }
        out.endObject();
    }

    private void choice(JsonOutput out) {
        ToolChoice choice = request.toolChoice();
        boolean forced = choice instanceof ToolChoice.Required
                || choice instanceof ToolChoice.Named
                || (choice instanceof ToolChoice.Allowed allowed && allowed.required());
        if (forced && (!model.takesForcedTools() || thinking.isByBudget())) {
            call.lost("tool_choice");
        } else if (choice instanceof ToolChoice.Named(String name)) {
            out.name("toolChoice").beginObject().name("tool").beginObject();
            out.member("name", name).endObject().endObject();
        } else if (forced || answer != null) {
            out.name("toolChoice").beginObject().name("any").beginObject().endObject().endObject();
        } else if (choice instanceof ToolChoice.None && answer == null) {
            call.lost("tool_choice");
        }
    }

    private Set<String> calledInHistory() {
        Set<String> names = new LinkedHashSet<>();
        for (Message message : request.messages()) {
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall toolCall) {
                    names.add(toolCall.name());
                } else if (part instanceof Part.ToolResult result && names.isEmpty()) {
                    String name = result.name();
                    names.add(name == null || name.isEmpty() ? "tool" : name);
                }
            }
        }
        return names;
    }
}
