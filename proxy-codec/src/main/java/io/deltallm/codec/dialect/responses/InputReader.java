package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.CallArguments;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `input`: items become parts, and what one side says in a row becomes one message. Confined to a request.
final class InputReader {
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, String> toolNames = new HashMap<>();

    /// The turn that is being read: the assistant's, or results of tools.
    private Role speaker = Role.ASSISTANT;
    private final List<Part> turn = new ArrayList<>();

    void instructions(@Nullable String text) {
        if (text != null && !text.isEmpty()) {
            messages.add(Message.text(Role.SYSTEM, text));
        }
    }

    void read(RawJson input) {
        if (input.isString()) {
            messages.add(Message.text(Role.USER, input.text()));
        } else if (input.isArray()) {
            ObjectFields.each(input, "input", (element, where) -> item(ObjectFields.of(element, where)));
        } else {
            throw ObjectFields.wrong(input, "input", "a string or an array of items");
        }
    }

    List<Message> messages() {
        endTurn();
        return messages;
    }

    private void item(ObjectFields item) {
        String type = item.text("type");
        switch (type == null ? "message" : type) {
            case "message" -> message(item);
            case "function_call" -> say(Role.ASSISTANT, call(item));
            case "custom_tool_call" -> say(Role.ASSISTANT, customCall(item));
            case "function_call_output", "custom_tool_call_output" -> say(Role.TOOL, result(item));
            case "reasoning" -> thoughts(item);
            case "item_reference" -> throw Refused.request(
                    item.where() + " is an item_reference, which refers to an item that is kept by a provider; this model is"
                            + " served through another API, which keeps none: send the item itself",
                    item.where());
            // A call or result of a hosted tool.
            default -> say(Role.ASSISTANT, new Part.Opaque(Responses.DIALECT, item.whole()));
        }
    }

    private void message(ObjectFields item) {
        Role role = role(item);
        List<Part> parts = ContentReader.read(item, "content");
        if (role == Role.ASSISTANT) {
            parts.forEach(part -> say(role, part));
        } else {
            endTurn();
            messages.add(Message.of(role, parts));
        }
    }

    private static Role role(ObjectFields item) {
        return switch (item.needText("role")) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "system" -> Role.SYSTEM;
            case "developer" -> Role.DEVELOPER;
            default -> throw item.wrong(
                    "role",
                    "user, assistant, system or developer; what a tool answered is an item of type function_call_output");
        };
    }

    private Part call(ObjectFields item) {
        String id = item.needText("call_id");
        String name = item.needText("name");
        toolNames.put(id, name);
        return new Part.ToolCall(id, name, arguments(item), signature(item), null);
    }

    /// A custom tool takes a text; everyone else's take objects.
    private Part customCall(ObjectFields item) {
        String id = item.needText("call_id");
        String name = item.needText("name");
        toolNames.put(id, name);
        RawJson input = new JsonOutput().beginObject().member("input", item.needText("input")).endObject().toRaw();
        return new Part.ToolCall(id, name, input, null, null);
    }

    private static RawJson arguments(ObjectFields item) {
        String arguments = item.text("arguments");
        return arguments == null ? RawJson.EMPTY_OBJECT : CallArguments.of(arguments);
    }

    /// The mark that Gemini puts on its calls, where our own replies have it.
    private static @Nullable String signature(ObjectFields item) {
        ObjectFields extra = item.object("extra_content");
        ObjectFields google = extra == null ? null : extra.object("google");
        return google == null ? null : google.text("thought_signature");
    }

    private Part result(ObjectFields item) {
        String id = item.needText("call_id");
        return new Part.ToolResult(id, toolNames.get(id), ContentReader.read(item, "output"), false, null);
    }

    private void thoughts(ObjectFields item) {
        String text = ThoughtText.of(item);
        String proof = item.text("encrypted_content");
        String id = item.text("id");
        if (!text.isEmpty()) {
            say(Role.ASSISTANT, new Part.Thinking(text, proof, id));
        } else if (proof != null) {
            say(Role.ASSISTANT, new Part.RedactedThinking(proof, id));
        }
    }

    private void say(Role role, Part part) {
        if (role != speaker) {
            endTurn();
            speaker = role;
        }
        turn.add(part);
    }

    private void endTurn() {
        if (!turn.isEmpty()) {
            messages.add(Message.of(speaker, turn));
            turn.clear();
        }
    }
}
