package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Part;
import java.util.ArrayList;
import java.util.List;

/// The ids under which calls of tools and their results go to a format that needs them: as they are, or made up where the
/// client's format has none. A result without an id belongs to the first open call of its name. Confined to one request.
public final class CallIds {
    private final List<OpenCall> open = new ArrayList<>();
    private int made;

    private record OpenCall(String id, String name) {}

    public String of(Part.ToolCall call) {
        if (!call.id().isEmpty()) {
            return call.id();
        }
        String id = "call_" + ++made;
        open.add(new OpenCall(id, call.name()));
        return id;
    }

    public String of(Part.ToolResult result) {
        if (!result.callId().isEmpty()) {
            return result.callId();
        }
        for (OpenCall call : open) {
            if (result.name() == null || result.name().equals(call.name())) {
                open.remove(call);
                return call.id();
            }
        }
        return "call_" + ++made;
    }
}
