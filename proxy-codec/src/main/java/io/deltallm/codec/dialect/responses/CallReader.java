package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.CallArguments;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads calls of tools and what they answered, of every kind that the client runs. Confined to a request.
final class CallReader {
    private static final String NO_TOOLS = "No tools were found.";

    private final Map<String, String> toolNames = new HashMap<>();
    private final List<ObjectFields> found = new ArrayList<>();

    /// Definitions of tools that the input has.
    List<ObjectFields> found() {
        return found;
    }

    /// Null where the item is no call of the client's tools.
    Part.@Nullable ToolCall call(String type, ObjectFields item) {
        CallKind kind = CallKind.ofItem(type);
        if (kind == null || (kind == CallKind.TOOL_SEARCH && !"client".equals(item.text("execution")))) {
            return null;
        }
        String id = kind == CallKind.LOCAL_SHELL && !item.has("call_id") ? item.needText("id") : item.needText("call_id");
        String name = kind.member() == null ? FlatName.of(item.text("namespace"), item.needText("name")) : kind.toolType();
        toolNames.put(id, name);
        return new Part.ToolCall(id, name, arguments(kind, item), signature(item), null);
    }

    private static RawJson arguments(CallKind kind, ObjectFields item) {
        String member = kind.member();
        if (kind == CallKind.CUSTOM) {
            RawJson input = item.raw("input");
            if (input == null || !input.isString()) {
                throw item.wrong("input", "a string");
            }
            return FreeText.arguments(input);
        }
        if (member == null) {
            String arguments = item.text("arguments");
            return arguments == null ? RawJson.EMPTY_OBJECT : CallArguments.of(arguments);
        }
        ObjectFields object = item.object(member);
        if (object == null) {
            throw item.missing(member, "an object");
        }
        return kind == CallKind.LOCAL_SHELL ? withoutType(object.whole()) : object.whole();
    }

    /// A command's is always the same, and no argument.
    private static RawJson withoutType(RawJson action) {
        JsonOutput out = new JsonOutput().beginObject();
        JsonCursor cursor = new JsonCursor().over(action);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            RawJson value = cursor.raw();
            if (!name.equals("type") && !value.isNull()) {
                out.anyName(name).value(value);
            }
        }
        return out.endObject().toRaw();
    }

    /// The mark that Gemini puts on its calls, where our own replies have it.
    private static @Nullable String signature(ObjectFields item) {
        ObjectFields extra = item.object("extra_content");
        ObjectFields google = extra == null ? null : extra.object("google");
        return google == null ? null : google.text("thought_signature");
    }

    Part.ToolResult output(ObjectFields item) {
        String id = item.has("call_id") ? item.needText("call_id") : item.needText("id");
        return answer(id, ContentReader.read(item, "output"), false);
    }

    private Part.ToolResult answer(String id, List<Part> content, boolean error) {
        return new Part.ToolResult(id, toolNames.get(id), content, error, null);
    }

    /// What each command printed and how it ended, as the client says it.
    Part.ToolResult shellOutput(ObjectFields item) {
        RawJson output = item.raw("output");
        if (output == null) {
            throw item.missing("output", "an array of what each command printed");
        }
        return answer(item.needText("call_id"), List.of(Part.Text.of(output.json())), false);
    }

    Part.ToolResult patchOutput(ObjectFields item) {
        String status = item.needText("status");
        String output = item.text("output");
        Part said = Part.Text.of(output == null ? status : output);
        return answer(item.needText("call_id"), List.of(said), status.equals("failed"));
    }

    /// Null where the provider has searched.
    Part.@Nullable ToolResult searchOutput(ObjectFields item) {
        tools(item);
        String id = item.text("call_id");
        if (id == null || !toolNames.containsKey(id)) {
            return null;
        }
        StringBuilder names = new StringBuilder();
        item.each("tools", (element, where) -> names.append(names.isEmpty() ? "" : ", ")
                .append(ObjectFields.of(element, where).text("name")));
        String said = names.isEmpty() ? NO_TOOLS : "Found: " + names;
        return answer(id, List.of(Part.Text.of(said)), false);
    }

    /// Tools that the client defines in the middle of the conversation.
    void tools(ObjectFields item) {
        item.each("tools", (element, where) -> found.add(ObjectFields.of(element, where)));
    }
}
