package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.Part;
import java.util.ArrayDeque;
import java.util.Deque;

/// Ids of calls as OpenAI takes them: never empty, at most 64 characters; the same for a call and its result. Confined to a
/// request.
final class CallIds {
    private static final int LONGEST = 64;
    private static final int KEPT = 48;

    private final Deque<Nameless> unanswered = new ArrayDeque<>();
    private int made;

    /// A call that came without an id.
    private record Nameless(String tool, String id) {}

    String of(Part.ToolCall call) {
        if (!call.id().isEmpty()) {
            return fitting(call.id());
        }
        String id = "call_" + made++;
        unanswered.add(new Nameless(call.name(), id));
        return id;
    }

    /// A result without an id answers the first such call of its tool, or the first at all.
    String of(Part.ToolResult result) {
        if (!result.callId().isEmpty()) {
            return fitting(result.callId());
        }
        for (Nameless call : unanswered) {
            if (call.tool().equals(result.name())) {
                unanswered.remove(call);
                return call.id();
            }
        }
        Nameless first = unanswered.poll();
        return first == null ? "call_" + made++ : first.id();
    }

    private static String fitting(String id) {
        return id.length() <= LONGEST ? id : id.substring(0, KEPT) + "_" + Integer.toHexString(id.hashCode());
    }
}
