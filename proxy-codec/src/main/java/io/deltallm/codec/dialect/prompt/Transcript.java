package io.deltallm.codec.dialect.prompt;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.UpstreamCall;
import java.util.List;

/// A conversation as one text. A single message of a user's stands as it is, so that whoever knows a model's own template
/// can apply it; everything else is written as a play, its last line left open for the model.
///
/// ```
/// System: Be brief.
///
/// User: Why is the sky blue?
///
/// Assistant:
/// ```
///
/// Confined to one request.
public final class Transcript {
    private final List<Message> messages;
    private final UpstreamCall call;

    public Transcript(ChatRequest request, UpstreamCall call) {
        this.messages = request.messages();
        this.call = call;
    }

    /// The instructions alone, for formats that have a place of their own for them; empty where there are none.
    public String instructions() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < messages.size(); i++) {
            if (isInstruction(messages.get(i))) {
                text.append(text.isEmpty() ? "" : "\n\n").append(text(i));
            }
        }
        return text.toString();
    }

    /// Everything.
    public String whole() {
        return play(true);
    }

    /// Everything but the instructions.
    public String withoutInstructions() {
        return play(false);
    }

    private String play(boolean withInstructions) {
        StringBuilder play = new StringBuilder();
        int turns = 0;
        int only = -1;
        for (int i = 0; i < messages.size(); i++) {
            if (withInstructions || !isInstruction(messages.get(i))) {
                String text = text(i);
                play.append(speaker(messages.get(i).role())).append(": ").append(text).append("\n\n");
                turns++;
                only = i;
            }
        }
        if (turns == 1 && messages.get(only).role() == Role.USER) {
            return text(only);
        }
        return play.append("Assistant:").toString();
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private static String speaker(Role role) {
        return switch (role) {
            case SYSTEM, DEVELOPER -> "System";
            case USER -> "User";
            case ASSISTANT -> "Assistant";
            case TOOL -> "Tool";
        };
    }

    private String text(int index) {
        StringBuilder text = new StringBuilder();
        for (Part part : messages.get(index).parts()) {
            switch (part) {
                case Part.Text(var piece, _) -> text.append(piece);
                case Part.Refusal(var piece) -> text.append(piece);
                case Part.Document(Media.PlainText(var piece), _, _) -> text.append(piece);
                case Part.ToolResult result -> text.append(result.text());
                case Part.Thinking _, Part.RedactedThinking _ -> {}
                case Part.ToolCall _,
                        Part.Image _,
                        Part.Audio _,
                        Part.Video _,
                        Part.Document _,
                        Part.Opaque _ -> call.lost("messages[" + index + "].content");
            }
        }
        return text.toString();
    }
}
