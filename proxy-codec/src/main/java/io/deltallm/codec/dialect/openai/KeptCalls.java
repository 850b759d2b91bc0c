package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The tool calls of a plain answer, as they become known. Confined to one exchange.
final class KeptCalls {
    private final ClientCall call;
    private final Map<Integer, KeptCall> calls = new TreeMap<>();

    KeptCalls(ClientCall call) {
        this.call = call;
    }

    void begin(ChatEvent.ToolStarted tool) {
        calls.put(tool.tool(), new KeptCall(copy(tool.id()), tool.name().copy(), copy(tool.signature()), new KeptText()));
    }

    private static @Nullable RawJson copy(@Nullable RawJson value) {
        return value == null || value.isEmptyString() ? null : value.copy();
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
        calls.forEach((number, kept) -> write(number, kept, out));
        out.endArray();
    }

    private void write(int number, KeptCall kept, JsonOutput out) {
        out.beginObject();
        if (kept.id == null) {
            out.member("id", "call_" + call.id() + "_" + number);
        } else {
            out.member("id", kept.id);
        }
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
            @Nullable RawJson id, RawJson name, @Nullable RawJson signature, KeptText arguments) {}
}
