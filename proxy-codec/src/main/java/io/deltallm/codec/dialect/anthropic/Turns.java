package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation in the order that Anthropic demands: user and assistant take turns, the user begins, and a turn that
/// answers tool calls begins with their results. Parts that Anthropic has no block for are told as lost, empty texts
/// left out. One a request.
final class Turns {
    /// OpenAI's files are `file-…`.
    private static final String FILE = "file_";
    /// What the newer models, which want the user to have the last word, are told at the end of an assistant's.
    private static final String GO_ON = "Go on.";

    private final UpstreamCall call;
    private final MessagesHost host;
    private final String dialect;
    private final List<Part> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Deque<Part.ToolCall> unanswered = new ArrayDeque<>();
    private boolean tools;
    private int madeIds;

    /// @param results the tool results, which come first
    record Turn(boolean assistant, List<Part> results, List<Part> others) {
        boolean isEmpty() {
            return results.isEmpty() && others.isEmpty();
        }
    }

    Turns(List<Message> messages, String dialect, MessagesHost host, UpstreamCall call) {
        this.dialect = dialect;
        this.host = host;
        this.call = call;
        for (int i = 0; i < messages.size(); i++) {
            add(messages.get(i), "messages[" + i + "]");
        }
        finish();
    }

    /// The instructions: texts, and nothing else.
    List<Part> system() {
        return system;
    }

    List<Turn> turns() {
        return turns;
    }

    /// Whether tools are called or answered anywhere.
    boolean useTools() {
        return tools;
    }

    private void add(Message message, String where) {
        if (message.name() != null) {
            call.lost(where + ".name");
        }
        List<Part> parts = carried(message.parts(), where + ".content");
        if (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER) {
            parts.stream().filter(Part.Text.class::isInstance).forEach(system::add);
            return;
        }
        if (parts.isEmpty()) {
            return;
        }
        boolean assistant = message.role() == Role.ASSISTANT;
        if (turns.isEmpty() && assistant) {
            turns.add(beginning());
        }
        if (turns.isEmpty() || turns.getLast().assistant() != assistant) {
            turns.add(new Turn(assistant, new ArrayList<>(), new ArrayList<>()));
        }
        Turn turn = turns.getLast();
        parts.forEach(part -> (part instanceof Part.ToolResult ? turn.results() : turn.others()).add(part));
    }

    /// Anthropic wants the user to begin, and a text that is not blank.
    private static Turn beginning() {
        return new Turn(false, List.of(), List.of(Part.Text.of(".")));
    }

    private void finish() {
        if (turns.isEmpty()) {
            turns.add(beginning());
        }
        if (turns.getLast().assistant() && !ClaudeModel.of(call.model()).goesOn()) {
            turns.add(new Turn(false, List.of(), List.of(Part.Text.of(GO_ON))));
        }
        Turn last = turns.getLast();
        Part end = last.others().isEmpty() ? null : last.others().getLast();
        if (last.assistant() && end instanceof Part.Text(var text, var cache)) {
            // What the model is to go on from must not end in white space.
            last.others().removeLast();
            last.others().add(new Part.Text(text.stripTrailing(), cache));
        }
    }

    private List<Part> carried(List<Part> parts, String where) {
        List<Part> carried = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Part part = carried(parts.get(i), where + "[" + i + "]");
            if (part != null) {
                carried.add(part);
            }
        }
        return carried;
    }

    /// The part as Anthropic can have it; null where it cannot.
    private @Nullable Part carried(Part part, String where) {
        return switch (part) {
            case Part.Text(var text, _) -> text.isBlank() ? null : part;
            case Part.Refusal(var text) -> text.isBlank() ? null : Part.Text.of(text);
            case Part.Image(var media, _, _) -> carried(media, where) ? part : null;
            case Part.Document(var media, _, _) -> carried(media, where) ? part : null;
            case Part.Audio _ -> lost(where);
            case Part.Video _ -> lost(where);
            case Part.ToolCall toolCall -> identified(toolCall);
            case Part.ToolResult result -> answered(result, where);
            // Thoughts without proof are refused by Anthropic; they only ever helped the turn they were thought in.
            case Part.Thinking(_, var signature, _) -> signature == null || signature.isEmpty() ? null : part;
            case Part.RedactedThinking _ -> part;
            case Part.Opaque(var from, _, _) -> from.equals(Operation.MESSAGES.label()) ? part : lost(where);
        };
    }

    private @Nullable Part lost(String where) {
        call.lost(where);
        return null;
    }

    private boolean carried(Media media, String where) {
        switch (media) {
            case Media.Remote remote when host == MessagesHost.BEDROCK -> throw Refused.request(
                    where + ": Bedrock fetches no URLs; send the bytes in base64 instead of " + remote.url(), where);
            case Media.Uploaded(var id) when !dialect.equals(Operation.MESSAGES.label()) && !id.startsWith(FILE) -> {
                // Another provider's file; its id means nothing here.
                call.lost(where);
                return false;
            }
            default -> {
                return true;
            }
        }
    }

    private Part.ToolCall identified(Part.ToolCall toolCall) {
        tools = true;
        String id = toolCall.id().isEmpty() ? "toolu_" + madeIds++ : ToolNames.safeId(toolCall.id());
        Part.ToolCall identified =
                new Part.ToolCall(id, toolCall.name(), toolCall.arguments(), null, toolCall.cache());
        unanswered.add(identified);
        return identified;
    }

    private Part.ToolResult answered(Part.ToolResult result, String where) {
        tools = true;
        String id = result.callId().isEmpty() ? answeredId(result.name()) : ToolNames.safeId(result.callId());
        unanswered.removeIf(toolCall -> toolCall.id().equals(id));
        return new Part.ToolResult(
                id, result.name(), carried(result.content(), where + ".content"), result.error(), result.cache());
    }

    /// A result that names no call answers the first of its tool's that is open.
    private String answeredId(@Nullable String name) {
        for (Part.ToolCall open : unanswered) {
            if (name == null || open.name().equals(name)) {
                return open.id();
            }
        }
        return unanswered.isEmpty() ? "toolu_" + madeIds++ : unanswered.getFirst().id();
    }

    /// The tools that were called, for a request that defines none.
    List<String> calledTools() {
        List<String> names = new ArrayList<>();
        for (Turn turn : turns) {
            for (Part part : turn.others()) {
                if (part instanceof Part.ToolCall(_, var name, _, _, _) && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names.isEmpty() ? List.of("unknown") : names;
    }

    /// An empty object, where the arguments are none.
    static RawJson arguments(Part.ToolCall toolCall) {
        return toolCall.arguments().isObject() ? toolCall.arguments() : RawJson.EMPTY_OBJECT;
    }
}
