package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `messages`. Results of tools that follow each other become one message, and bear the names that the calls gave.
/// Confined to one request.
final class HistoryReader {
    private final List<Message> messages = new ArrayList<>();
    private final List<Part> results = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();
    private final MessageFields fields = new MessageFields();

    List<Message> read(JsonCursor body) {
        if (body.kind() != JsonKind.ARRAY) {
            throw body.problem("is " + body.kind().described() + " (expected: an array of messages)");
        }
        body.array();
        while (body.element()) {
            String path = body.path();
            fields.read(body);
            take(path);
        }
        closeResults();
        if (messages.isEmpty()) {
            throw Refused.request("messages is empty (expected: at least one message)", "messages");
        }
        return messages;
    }

    private void take(String path) {
        switch (fields.role()) {
            case "tool" -> results.add(result(needed(fields.callId(), path, "tool_call_id")));
            case "function" -> results.add(result(""));
            case "assistant" -> add(Role.ASSISTANT, spoken());
            case "user" -> add(Role.USER, said(path));
            case "system" -> add(Role.SYSTEM, said(path));
            case "developer" -> add(Role.DEVELOPER, said(path));
            default -> throw Refused.request(
                    path + ".role is " + (fields.role().isEmpty() ? "missing" : "\"" + fields.role() + "\"")
                            + " (expected: system, developer, user, assistant, tool or function)",
                    path + ".role");
        }
    }

    private static <T> T needed(@Nullable T value, String path, String member) {
        if (value == null) {
            throw Refused.request(path + "." + member + " is missing", path + "." + member);
        }
        return value;
    }

    private List<Part> said(String path) {
        needed(fields.statesContent() ? path : null, path, "content");
        return fields.content();
    }

    private Part result(String callId) {
        String name = fields.name() == null ? toolNames.get(callId) : fields.name();
        return new Part.ToolResult(callId, name, fields.content(), false, fields.cache());
    }

    /// What the assistant said, in the order in which it came about: thoughts, text, calls.
    private List<Part> spoken() {
        List<Part> parts = new ArrayList<>(fields.thoughts());
        parts.addAll(fields.content());
        if (fields.refusal() != null) {
            parts.add(new Part.Refusal(fields.refusal()));
        }
        for (Part.ToolCall call : fields.calls()) {
            toolNames.put(call.id(), call.name());
            parts.add(call);
        }
        return parts;
    }

    private void add(Role role, List<Part> parts) {
        closeResults();
        messages.add(new Message(role, parts, fields.name()));
    }

    private void closeResults() {
        if (!results.isEmpty()) {
            messages.add(Message.of(Role.TOOL, results));
            results.clear();
        }
    }
}
