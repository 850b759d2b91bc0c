package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a conversation as `contents`: turns of one speaker become one content, results of tools a content of their own,
/// in the order of their calls. Confined to one request.
final class ContentsWriter {
    /// Google's word for tool calls that another model made (https://ai.google.dev/gemini-api/docs/thought-signatures).
    private static final String NO_SIGNATURE = "skip_thought_signature_validator";

    /// A content needs a part, and a part needs a text.
    private static final String NOTHING_SAID = " ";

    /// Whose content is open.
    private enum Turn {
        NONE,
        USER,
        MODEL,
        TOOL
    }

    private final ChatRequest request;
    private final GeminiModel model;
    private final LostFields lost;
    private final JsonOutput out;
    private final MediaWriter media;
    private final ToolResultWriter results;
    private final CallsMade calls = new CallsMade();
    private final boolean own;
    private final boolean writesIds;

    private Turn turn = Turn.NONE;
    private boolean firstCall;

    ContentsWriter(ChatRequest request, GeminiModel model, boolean vertex, LostFields lost, JsonOutput out) {
        this.request = request;
        this.model = model;
        this.lost = lost;
        this.out = out;
        this.own = request.dialect().equals(Operation.GENERATE_CONTENT.label());
        this.writesIds = !vertex;
        this.media = new MediaWriter(lost, out);
        this.results = new ToolResultWriter(model, writesIds, media, out);
    }

    /// @param instructionsToo whether instructions are told by the user, for want of another place
    void write(boolean instructionsToo) {
        out.name("contents").beginArray();
        for (Message message : request.messages()) {
            lost.tellIf(message.name() != null, "messages.name");
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> {
                    if (instructionsToo) {
                        parts(Turn.USER, message);
                    }
                }
                case USER -> parts(Turn.USER, message);
                case ASSISTANT -> parts(Turn.MODEL, message);
                case TOOL -> toolResults(message);
            }
        }
        if (turn == Turn.NONE) {
            text(Turn.USER, NOTHING_SAID, false, null);
        }
        out.endArray().endObject().endArray();
    }

    /// Called before each part: begins a content where the speaker changes.
    private void open(Turn next) {
        if (turn == next) {
            return;
        }
        if (turn == Turn.NONE && next == Turn.MODEL) {
            text(Turn.USER, NOTHING_SAID, false, null); // a conversation begins with the user
        }
        if (turn != Turn.NONE) {
            out.endArray().endObject();
        }
        turn = next;
        firstCall = true;
        out.beginObject().member("role", next == Turn.MODEL ? "model" : "user").name("parts").beginArray();
    }

    private void parts(Turn speaker, Message message) {
        List<Part> parts = message.parts();
        String carried = null;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            String moved = own ? null : signatureBefore(parts, i);
            if (moved != null) {
                carried = moved;
                part(speaker, unsigned(part), null);
                continue;
            }
            String behind = isSigned(part) ? signatureBehind(parts, i + 1) : null;
            i += behind == null ? 0 : 1;
            part(speaker, part, behind == null && part instanceof Part.Text ? carried : behind);
            carried = null;
        }
    }

    /// Google signs texts and calls, never thoughts. Other formats know signatures of thoughts only, in front of the text:
    /// from there a signature goes back to its text.
    private @Nullable String signatureBefore(List<Part> parts, int index) {
        boolean beforeText = index + 1 < parts.size() && parts.get(index + 1) instanceof Part.Text;
        if (!beforeText) {
            return null;
        }
        return parts.get(index) instanceof Part.Thinking(_, var signature, _) ? signature : bareSignature(parts.get(index));
    }

    private static Part unsigned(Part part) {
        String text = part instanceof Part.Thinking(var thoughts, _, _) ? thoughts : "";
        return new Part.Thinking(text, "", null);
    }

    private static boolean isSigned(Part part) {
        return part instanceof Part.Text || part instanceof Part.Image || part instanceof Part.Audio;
    }

    /// The signature of a text stands behind it in the hub: thoughts that are nothing but a signature.
    private @Nullable String signatureBehind(List<Part> parts, int next) {
        return next == parts.size() ? null : bareSignature(parts.get(next));
    }

    private @Nullable String bareSignature(Part part) {
        return switch (part) {
            case Part.Thinking(var text, var signature, _) when text.isEmpty() -> signature;
            // Anthropic's redacted thoughts are never Google's; Responses has no other word for a bare signature.
            case Part.RedactedThinking(var data, _) when !fromAnthropic() -> data;
            default -> null;
        };
    }

    private boolean fromAnthropic() {
        return request.dialect().equals(Operation.MESSAGES.label());
    }

    private void part(Turn speaker, Part part, @Nullable String signature) {
        switch (part) {
            case Part.Text(var text, _) -> text(speaker, text, false, signature);
            case Part.Refusal(var text) -> text(speaker, text, false, null);
            case Part.Thinking thinking -> thinking(speaker, thinking);
            case Part.RedactedThinking redacted -> text(speaker, "", false, bareSignature(redacted));
            case Part.ToolCall toolCall -> toolCall(toolCall);
            case Part.ToolResult result -> toolResults(Message.of(Role.TOOL, List.of(result)));
            case Part.Opaque opaque -> opaque(speaker, opaque);
            case Part.Image _, Part.Audio _, Part.Video _, Part.Document _ -> {
                open(speaker);
                media.write(part, signature);
            }
        }
    }

    private void text(Turn speaker, String text, boolean thought, @Nullable String signature) {
        if (text.isEmpty() && signature == null) {
            return;
        }
        open(speaker);
        out.beginObject().member("text", text);
        if (thought) {
            out.member("thought", true);
        }
        out.optional("thoughtSignature", signature).endObject();
    }

    private void thinking(Turn speaker, Part.Thinking thinking) {
        String signature = thinking.signature();
        if (signature != null || own) {
            boolean signed = signature != null && !signature.isEmpty();
            text(speaker, thinking.text(), !thinking.text().isEmpty(), signed ? signature : null);
        }
    }

    private void opaque(Turn speaker, Part.Opaque opaque) {
        if (!opaque.dialect().equals(Operation.GENERATE_CONTENT.label())) {
            lost.tell("messages.content");
            return;
        }
        open(speaker);
        out.value(opaque.block());
    }

    private void toolCall(Part.ToolCall toolCall) {
        open(Turn.MODEL);
        calls.made(toolCall.id(), toolCall.name());
        out.beginObject().name("functionCall").beginObject();
        if (writesIds && CallsMade.isGiven(toolCall.id())) {
            out.member("id", toolCall.id());
        }
        out.member("name", toolCall.name()).member("args", toolCall.arguments()).endObject();
        String signature = toolCall.signature();
        if (signature == null && firstCall && model.demandsSignatures()) {
            signature = NO_SIGNATURE;
        }
        firstCall = false;
        out.optional("thoughtSignature", signature).endObject();
    }

    private void toolResults(Message message) {
        List<Part.ToolResult> ordered = new ArrayList<>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                ordered.add(result);
            }
        }
        ordered.sort(Comparator.comparingInt(result -> calls.place(result.callId())));
        List<Part> aside = new ArrayList<>();
        for (Part.ToolResult result : ordered) {
            open(Turn.TOOL);
            results.write(result, calls.name(result), aside);
        }
        aside.forEach(part -> part(Turn.USER, part, null));
    }
}
