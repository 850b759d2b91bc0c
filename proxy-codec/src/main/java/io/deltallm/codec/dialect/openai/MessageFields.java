package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.CacheMark;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The members of one message, in whatever order they stand. Confined to one request and reused.
final class MessageFields {
    private final ContentReader contents = new ContentReader();
    private final CallsReader callsReader = new CallsReader();
    private final ThoughtFields thoughts = new ThoughtFields();

    private String role = "";
    private boolean statesContent;
    private List<Part> content = List.of();
    private List<Part.ToolCall> calls = List.of();
    private @Nullable String name;
    private @Nullable String callId;
    private @Nullable String refusal;
    private @Nullable CacheMark cache;
    private @Nullable RawJson mark;

    void read(JsonCursor body) {
        role = "";
        statesContent = false;
        content = List.of();
        calls = new ArrayList<>();
        name = callId = refusal = null;
        cache = null;
        mark = null;
        thoughts.begin();
        body.object();
        for (String member = body.name(); member != null; member = body.name()) {
            if (!body.skipNull()) {
                member(member, body);
            }
        }
        if (cache != null) {
            content = marked(content, cache);
        }
        if (mark != null) {
            CallsReader.markFirst(mark, calls);
        }
    }

    private void member(String member, JsonCursor body) {
        switch (member) {
            case "role" -> role = body.string();
            case "content" -> {
                statesContent = true;
                content = contents.read(body);
            }
            case "name" -> name = body.string();
            case "tool_call_id" -> callId = body.string();
            case "tool_calls" -> callsReader.read(body, calls);
            case "function_call" -> calls.add(callsReader.function(body));
            case "refusal" -> refusal = body.string();
            case "reasoning_content", "reasoning" -> thoughts.text(body);
            case "reasoning_details", "thinking_blocks" -> thoughts.list(body);
            case "cache_control" -> cache = CacheControl.read(body);
            case "extra_content" -> mark = GoogleMark.read(body);
            default -> {}
        }
    }

    /// A mark on the whole message stands at the end of its content.
    private static List<Part> marked(List<Part> parts, CacheMark mark) {
        if (parts.isEmpty() || !(parts.getLast() instanceof Part.Text(String text, _))) {
            return parts;
        }
        List<Part> marked = new ArrayList<>(parts);
        marked.set(parts.size() - 1, new Part.Text(text, mark));
        return marked;
    }

    String role() {
        return role;
    }

    boolean statesContent() {
        return statesContent;
    }

    List<Part> content() {
        return content;
    }

    List<Part.ToolCall> calls() {
        return calls;
    }

    List<Part> thoughts() {
        return thoughts.parts();
    }

    @Nullable String name() {
        return name;
    }

    @Nullable String callId() {
        return callId;
    }

    @Nullable String refusal() {
        return refusal;
    }

    @Nullable CacheMark cache() {
        return cache;
    }
}
