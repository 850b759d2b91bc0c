package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tool calls of a plain answer, as they become known. Confined to one exchange.
final class KeptCalls {
    private final MadeCallIds ids;
    private final Map<Integer, KeptCall> calls = new TreeMap<>();

    KeptCalls(MadeCallIds ids) {
        this.ids = ids;
    }

    void begin(ChatEvent.ToolStarted tool) {
        RawJson mark = tool.signature();
        calls.put(
                tool.tool(),
                new KeptCall(
                        ids.of(tool.id()).copy(), tool.name().copy(), mark == null ? null : mark.copy(), new KeptText()));
    }

    void add(int tool, RawJson piece) {
        KeptCall kept = calls.get(tool);
        if (kept != null) {
            kept.arguments.add(piece);
        }
    }

    void addObject(int tool, RawJson object) {
        KeptCall kept = calls.get(tool);
        if (kept != null) {
            kept.arguments.addJson(object);
        }
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    void write(JsonOutput out) {
        out.beginArray();
        calls.values().forEach(kept -> write(kept, out));
        out.endArray();
    }

    private static void write(KeptCall kept, JsonOutput out) {
        out.beginObject().member("id", kept.id);
        out.member("type", "function").name("function").beginObject().member("name", kept.name);
        if (kept.arguments.isEmpty()) {
            out.member("arguments", "{}");
        } else {
            out.member("arguments", kept.arguments.take());
        }
        out.endObject();
        GoogleMark.write(kept.signature, out);
        out.endObject();
    }

    private record KeptCall(
            RawJson id, RawJson name, @Nullable RawJson signature, KeptText arguments) {}
}
