package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import java.util.ArrayList;
import java.util.List;

/// A conversation as text alone, for models that take one prompt: instructions first, then turns that take turns. Tells
/// what is lost on the way.
///
/// @param instructions empty where there are none
record InvokeTurns(String instructions, List<Turn> turns) {

    record Turn(boolean assistant, String text) {}

    static InvokeTurns of(ChatRequest request, UpstreamCall call) {
        tellLosses(request, call);
        StringBuilder instructions = new StringBuilder();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < request.messages().size(); i++) {
            Message message = request.messages().get(i);
            String text = text(message, i, call);
            if (text.isBlank()) {
                continue;
            }
            if (ConverseRequest.isInstruction(message)) {
                instructions.append(instructions.isEmpty() ? "" : "\n\n").append(text);
            } else {
                add(turns, message.role() == Role.ASSISTANT, text);
            }
        }
        if (turns.isEmpty() && instructions.isEmpty()) {
            throw Refused.request("messages hold no text (expected: some)", "messages");
        }
        return new InvokeTurns(instructions.toString(), turns);
    }

    private static void add(List<Turn> turns, boolean assistant, String text) {
        if (!turns.isEmpty() && turns.getLast().assistant() == assistant) {
            turns.add(new Turn(assistant, turns.removeLast().text() + "\n\n" + text));
        } else {
            turns.add(new Turn(assistant, text));
        }
    }

    private static String text(Message message, int index, UpstreamCall call) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < message.parts().size(); i++) {
            switch (message.parts().get(i)) {
                case Part.Text(String piece, _) -> text.append(piece);
                case Part.Refusal(String piece) -> text.append(piece);
                case Part.Thinking _, Part.RedactedThinking _ -> call.lost("reasoning_content");
                default -> call.lost("messages[" + index + "].content[" + i + "]");
            }
        }
        return text.toString();
    }

    private static void tellLosses(ChatRequest request, UpstreamCall call) {
        BedrockLosses.tellSampling(request, call);
        ToolChoice choice = request.toolChoice();
        ResponseFormat format = request.responseFormat();
        boolean thinks = request.reasoning() != null && request.reasoning().enabled();
        BedrockLosses.tellIf(!request.tools().isEmpty(), "tools", call);
        BedrockLosses.tellIf(
                choice != null && !(choice instanceof ToolChoice.Auto || choice instanceof ToolChoice.None),
                "tool_choice",
                call);
        BedrockLosses.tellIf(format != null && !(format instanceof ResponseFormat.PlainText), "response_format", call);
        BedrockLosses.tellIf(thinks, "reasoning_effort", call);
        BedrockLosses.tellIf(request.sampling().topK() != null, "top_k", call);
        request.extras().keySet().forEach(call::lost);
    }

    /// Whether there is nothing but one question.
    boolean isOneQuestion() {
        return turns.size() == 1 && !turns.getFirst().assistant() && instructions.isEmpty();
    }
}
