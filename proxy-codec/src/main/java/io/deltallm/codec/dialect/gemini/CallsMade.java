package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tool calls of a conversation so far: Google's results bear their function's name, and mostly no id. Confined to one
/// request.
final class CallsMade {
    /// Ids that stand for none begin so, and are not shown to Google.
    private static final String MADE_UP = "call_gemini_";

    /// Of the calls that wait for a result, in order.
    private final List<Call> waiting = new ArrayList<>();

    private final Map<String, Call> byId = new HashMap<>();
    private int count;

    private record Call(String id, String name, int place) {}

    static boolean isGiven(String id) {
        return !id.isEmpty() && !id.startsWith(MADE_UP);
    }

    /// The calls to come are of a new turn: what waited before gets no result any more.
    void turn() {
        waiting.clear();
    }

    /// Notes a call.
    ///
    /// @return its id, made up where it has none
    String made(@Nullable String id, String name) {
        Call call = new Call(id == null || id.isEmpty() ? MADE_UP + count : id, name, count++);
        waiting.add(call);
        byId.put(call.id(), call);
        return call.id();
    }

    /// The id of the call that a result without one answers: the oldest of its name that waits, or of any name.
    String answered(@Nullable String id, @Nullable String name) {
        if (id != null && byId.containsKey(id)) {
            waiting.removeIf(call -> call.id().equals(id));
            return id;
        }
        Call found = null;
        for (Call call : waiting) {
            if (found == null || (!found.name().equals(name) && call.name().equals(name))) {
                found = call;
            }
        }
        if (found == null) {
            return id == null || id.isEmpty() ? MADE_UP + count++ : id;
        }
        waiting.remove(found);
        return found.id();
    }

    /// Counts the calls of a conversation.
    int place(String id) {
        Call call = byId.get(id);
        return call == null ? Integer.MAX_VALUE : call.place();
    }

    /// The name of the function that a result comes from.
    String name(Part.ToolResult result) {
        Call call = byId.get(result.callId());
        String name = call == null ? result.name() : call.name();
        if (name == null) {
            throw Refused.request(
                    "The tool result \"" + result.callId() + "\" answers no tool call before it (expected: the id of one)",
                    "messages");
        }
        return name;
    }
}
