package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives calls ids of their own, where a model numbers those of each turn from 0: Anthropic and others refuse an id that
/// comes again. Results follow their calls. Confined to a request.
final class UniqueCallIds {
    private final Map<String, Integer> used = new HashMap<>();
    /// By the client's id, the calls that wait for a result.
    private final Map<String, Deque<Part.ToolCall>> open = new HashMap<>();
    /// And the one that was answered last: a result may come twice.
    private final Map<String, Part.ToolCall> answered = new HashMap<>();

    private UniqueCallIds() {}

    static List<Message> in(List<Message> messages) {
        UniqueCallIds ids = new UniqueCallIds();
        List<Message> unique = new ArrayList<>(messages.size());
        boolean changed = false;
        for (Message message : messages) {
            List<Part> parts = message.parts().stream().map(ids::part).toList();
            changed |= !parts.equals(message.parts());
            unique.add(new Message(message.role(), parts, message.name()));
        }
        return changed ? unique : messages;
    }

    private Part part(Part part) {
        return switch (part) {
            case Part.ToolCall call when !call.id().isEmpty() -> called(call);
            case Part.ToolResult result -> answered(result);
            default -> part;
        };
    }

    private Part.ToolCall called(Part.ToolCall call) {
        int times = used.merge(call.id(), 1, Integer::sum);
        Part.ToolCall own = times == 1
                ? call
                : new Part.ToolCall(call.id() + "_" + times, call.name(), call.arguments(), call.signature(), call.cache());
        open.computeIfAbsent(call.id(), _ -> new ArrayDeque<>()).add(own);
        return own;
    }

    private Part.ToolResult answered(Part.ToolResult result) {
        Part.ToolCall call = next(result.callId());
        return call == null || call.id().equals(result.callId())
                ? result
                : new Part.ToolResult(call.id(), call.name(), result.content(), result.error(), result.cache());
    }

    private Part.@Nullable ToolCall next(String id) {
        Deque<Part.ToolCall> waiting = open.get(id);
        Part.ToolCall call = waiting == null ? null : waiting.poll();
        if (call == null) {
            return answered.get(id);
        }
        answered.put(id, call);
        return call;
    }
}
