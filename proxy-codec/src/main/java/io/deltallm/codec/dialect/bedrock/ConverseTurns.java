package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.bedrock.BedrockModel.Family;
import java.util.ArrayList;
import java.util.List;

/// Brings a conversation into the order that Bedrock demands: user and assistant take turns, the user begins, tool results
/// come first in a turn of the user's, and no text is blank. Used once.
final class ConverseTurns {
    private static final String GO_ON = "Go on.";

    private final BedrockModel model;
    private final UpstreamCall call;
    private final List<Turn> turns = new ArrayList<>();

    ConverseTurns(BedrockModel model, UpstreamCall call) {
        this.model = model;
        this.call = call;
    }

    /// What one side says until the other does.
    record Turn(boolean assistant, List<Part> parts) {}

    /// For models without a place of their own for instructions.
    void addInstructions(String text) {
        if (!text.isBlank()) {
            add(false, List.of(Part.Text.of(text)));
        }
    }

    void addAll(List<Message> messages) {
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (!ConverseRequest.isInstruction(message)) {
                add(message.role() == Role.ASSISTANT, usable(message, i));
            }
        }
    }

    List<Turn> all() {
        if (turns.isEmpty() || turns.getFirst().assistant()) {
            // The first turn has to be the user's, and has to say something.
            turns.addFirst(new Turn(false, List.of(Part.Text.of("."))));
        }
        if (turns.getLast().assistant() && !model.goesOn()) {
            turns.add(new Turn(false, List.of(Part.Text.of(GO_ON))));
        } else if (turns.getLast().assistant()) {
            withoutTrailingSpace(turns.getLast().parts());
        }
        return turns.stream().map(ConverseTurns::resultsFirst).toList();
    }

    private void add(boolean assistant, List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (!turns.isEmpty() && turns.getLast().assistant() == assistant) {
            turns.getLast().parts().addAll(parts);
        } else {
            turns.add(new Turn(assistant, new ArrayList<>(parts)));
        }
    }

    private List<Part> usable(Message message, int index) {
        boolean assistant = message.role() == Role.ASSISTANT;
        List<Part> usable = new ArrayList<>();
        for (int i = 0; i < message.parts().size(); i++) {
            Part part = message.parts().get(i);
            if (part instanceof Part.Refusal(String text)) {
                part = Part.Text.of(text);
            }
            if (isUsable(part, assistant, "messages[" + index + "].content[" + i + "]")) {
                usable.add(part instanceof Part.ToolResult result ? withoutForeign(result, index) : part);
            }
        }
        return usable;
    }

    private Part withoutForeign(Part.ToolResult result, int index) {
        List<Part> own = result.content().stream()
                .filter(part -> !(part instanceof Part.Opaque) || lost("messages[" + index + "].content"))
                .toList();
        return new Part.ToolResult(result.callId(), result.name(), own, result.error(), result.cache());
    }

    private boolean isUsable(Part part, boolean assistant, String path) {
        return switch (part) {
            case Part.Text text -> !text.text().isBlank();
            case Part.Thinking thinking -> assistant && isUsable(thinking);
            case Part.RedactedThinking _ -> assistant && model.family() != Family.DEEPSEEK;
            case Part.Opaque(String dialect, _, _) -> dialect.equals(Operation.CONVERSE.label()) || lost(path);
            case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ -> !assistant || lost(path);
            case Part.ToolCall _, Part.ToolResult _ -> true;
            case Part.Refusal _ -> false;
        };
    }

    private boolean isUsable(Part.Thinking thinking) {
        if (model.isClaude()) {
            return thinking.signature() != null || lost("reasoning_content");
        }
        // DeepSeek refuses to be shown its own thoughts again.
        return !thinking.text().isBlank() && model.family() != Family.DEEPSEEK;
    }

    private boolean lost(String what) {
        call.lost(what);
        return false;
    }

    private static void withoutTrailingSpace(List<Part> parts) {
        if (parts.getLast() instanceof Part.Text(var text, var cache)) {
            parts.set(parts.size() - 1, new Part.Text(text.stripTrailing(), cache));
        }
    }

    private static Turn resultsFirst(Turn turn) {
        List<Part> ordered = new ArrayList<>(turn.parts().size());
        turn.parts().stream().filter(Part.ToolResult.class::isInstance).forEach(ordered::add);
        turn.parts().stream().filter(part -> !(part instanceof Part.ToolResult)).forEach(ordered::add);
        return new Turn(turn.assistant(), ordered);
    }
}
