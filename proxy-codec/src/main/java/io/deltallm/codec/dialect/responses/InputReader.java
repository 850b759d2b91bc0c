package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `input`: items become parts, and what one side says in a row becomes one message. Confined to a request.
final class InputReader {
    private final List<Message> messages = new ArrayList<>();
    private final CallReader calls = new CallReader();

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

    /// Definitions of tools that the input has.
    List<ObjectFields> toolsFound() {
        return calls.found();
    }

    private void item(ObjectFields item) {
        String said = item.text("type");
        String type = said == null ? "message" : said;
        switch (type) {
            case "message" -> message(item);
            case "reasoning" -> thoughts(item);
            case "function_call_output", "custom_tool_call_output", "local_shell_call_output" ->
                say(Role.TOOL, calls.output(item));
            case "shell_call_output" -> say(Role.TOOL, calls.shellOutput(item));
            case "apply_patch_call_output" -> say(Role.TOOL, calls.patchOutput(item));
            case "tool_search_output" -> sayOrKeep(Role.TOOL, calls.searchOutput(item), item);
            case "additional_tools" -> calls.tools(item);
            case "item_reference" -> throw Refused.request(
                    item.where() + " is an item_reference, which refers to an item that is kept by a provider; this model is"
                            + " served through another API, which keeps none: send the item itself",
                    item.where());
            default -> sayOrKeep(Role.ASSISTANT, calls.call(type, item), item);
        }
    }

    /// @param part null for what a hosted tool was asked or answered, which only the provider's own format knows
    private void sayOrKeep(Role role, @Nullable Part part, ObjectFields item) {
        if (part == null) {
            say(Role.ASSISTANT, new Part.Opaque(Responses.DIALECT, item.whole()));
        } else {
            say(role, part);
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
