package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import java.util.ArrayList;
import java.util.List;

/// Writes `messages`. Confined to one request.
///
/// Pictures and documents in results of tools, for which OpenAI's role `tool` has no place, follow as a user's message.
final class HistoryWriter {
    private static final String MOVED = "The result is in the next message.";
    private static final String BETWEEN_INSTRUCTIONS = "\n\n";
    private static final String BETWEEN_RESULTS = "\n";

    private final Target target;
    private final ContentWriter contents;
    private final ToolCallIds ids;
    private final AssistantWriter assistants;

    HistoryWriter(Target target) {
        this.target = target;
        this.contents = new ContentWriter(target);
        this.ids = new ToolCallIds(target.has(Quirk.NINE_LETTER_TOOL_IDS));
        this.assistants = new AssistantWriter(target, contents, ids);
    }

    void write(List<Message> messages, JsonOutput out) {
        List<Message> turns = target.has(Quirk.STRICT_TURNS) ? strictTurns(messages) : messages;
        for (int i = 0; i < turns.size(); i++) {
            Message message = turns.get(i);
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> instructions(message, out);
                case USER -> user(message, out);
                case ASSISTANT -> assistants.write(message, i == turns.size() - 1, out);
                case TOOL -> results(message, out);
            }
        }
    }

    /// Turns of one speaker that follow each other, as one.
    private static List<Message> strictTurns(List<Message> messages) {
        List<Message> turns = new ArrayList<>();
        for (Message message : messages) {
            if (!turns.isEmpty() && turns.getLast().role() == message.role()) {
                List<Part> parts = new ArrayList<>(turns.getLast().parts());
                parts.addAll(message.parts());
                turns.set(turns.size() - 1, new Message(message.role(), parts, message.name()));
            } else {
                turns.add(message);
            }
        }
        return turns;
    }

    private void instructions(Message message, JsonOutput out) {
        boolean developer = message.role() == Role.DEVELOPER && !target.has(Quirk.NO_DEVELOPER_ROLE);
        out.beginObject().member("role", developer ? "developer" : "system");
        contents.texts(message.parts(), BETWEEN_INSTRUCTIONS, out.name("content"));
        end(message, out);
    }

    private void user(Message message, JsonOutput out) {
        out.beginObject().member("role", "user");
        contents.content(message.parts(), out.name("content"));
        end(message, out);
    }

    private void end(Message message, JsonOutput out) {
        if (message.name() != null && target.takesNames()) {
            out.member("name", message.name());
        }
        out.endObject();
    }

    private void results(Message message, JsonOutput out) {
        List<Part> moved = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                result(result, moved, out);
            }
        }
        if (!moved.isEmpty()) {
            out.beginObject().member("role", "user");
            contents.content(moved, out.name("content"));
            out.endObject();
        }
    }

    private void result(Part.ToolResult result, List<Part> moved, JsonOutput out) {
        List<Part> said = new ArrayList<>();
        String id = ids.of(result);
        for (Part part : result.content()) {
            if (part instanceof Part.Text || target.handsOn()) {
                said.add(part);
            } else if (contents.takes(part)) {
                if (said.stream().noneMatch(text -> text instanceof Part.Text(String words, _) && words.equals(MOVED))) {
                    said.add(Part.Text.of(MOVED));
                    moved.add(Part.Text.of("The result of the tool call " + id + ":"));
                }
                moved.add(part);
            }
        }
        if (result.error()) {
            // There is no field for it, and the model has to know.
            said.addFirst(Part.Text.of(target.handsOn() ? "Error:" + BETWEEN_RESULTS : "Error:"));
        }
        out.beginObject().member("role", "tool").member("tool_call_id", id).name("content");
        if (target.handsOn()) {
            contents.content(said, out);
        } else {
            contents.texts(said, BETWEEN_RESULTS, out);
        }
        out.endObject();
    }
}
