package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.CallArguments;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Reads the tool calls that a client hands back: `tool_calls` and the legacy `function_call`. Confined to one request.
final class CallsReader {
    private String name = "";
    private RawJson arguments = RawJson.EMPTY_OBJECT;

    void read(JsonCursor body, List<Part.ToolCall> calls) {
        body.array();
        while (body.element()) {
            calls.add(call(body));
        }
    }

    private Part.ToolCall call(JsonCursor body) {
        String path = body.path();
        String id = "";
        RawJson mark = null;
        CacheMark cache = null;
        name = "";
        arguments = RawJson.EMPTY_OBJECT;
        body.object();
        for (String member = body.name(); member != null; member = body.name()) {
            switch (member) {
                case "id" -> id = body.skipNull() ? "" : body.string();
                case "function", "custom" -> members(body);
                case "extra_content" -> mark = GoogleMark.read(body);
                case "cache_control" -> cache = CacheControl.read(body);
                default -> {}
            }
        }
        named(path + ".function.name");
        return new Part.ToolCall(id, name, arguments, mark == null ? null : mark.text(), cache);
    }

    Part.ToolCall function(JsonCursor body) {
        String path = body.path();
        name = "";
        arguments = RawJson.EMPTY_OBJECT;
        members(body);
        named(path + ".name");
        return new Part.ToolCall("", name, arguments, null, null);
    }

    private void named(String path) {
        if (name.isEmpty()) {
            throw Refused.request(path + " is missing (expected: the function's name)", path);
        }
    }

    private void members(JsonCursor body) {
        body.object();
        for (String member = body.name(); member != null; member = body.name()) {
            switch (member) {
                case "name" -> name = filled(body.string(), name);
                case "arguments" -> arguments = arguments(body);
                case "input" -> input(body.rawString());
                default -> {}
            }
        }
    }

    private static String filled(String now, String before) {
        return now.isEmpty() ? before : now;
    }

    /// A custom tool takes a text; everyone else's take objects.
    private void input(RawJson text) {
        if (!text.isEmptyString()) {
            arguments = new JsonOutput().beginObject().member("input", text).endObject().toRaw();
        }
    }

    private static RawJson arguments(JsonCursor body) {
        if (body.skipNull()) {
            return RawJson.EMPTY_OBJECT;
        }
        return body.kind() == JsonKind.OBJECT ? body.raw() : CallArguments.of(body.string());
    }

    /// A mark on the whole message belongs to its first call.
    static void markFirst(RawJson mark, List<Part.ToolCall> calls) {
        if (!calls.isEmpty() && calls.getFirst().signature() == null) {
            Part.ToolCall first = calls.getFirst();
            calls.set(0, new Part.ToolCall(first.id(), first.name(), first.arguments(), mark.text(), first.cache()));
        }
    }
}
