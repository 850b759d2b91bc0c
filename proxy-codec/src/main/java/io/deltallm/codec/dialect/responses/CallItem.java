package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// A call of a function.
final class CallItem implements OutputItem {
    private static final RawJson NO_ARGUMENTS = RawJson.ofText("{}");

    private final int index;
    private final RawJson id;
    private final int tool;
    private final RawJson callId;
    private final RawJson name;
    private final @Nullable RawJson signature;
    private final GrowingString arguments = new GrowingString();
    private ItemStatus status = ItemStatus.IN_PROGRESS;

    /// @param tool which of the reply's calls it is
    /// @param signature Gemini's mark on the call
    CallItem(int index, RawJson id, int tool, RawJson callId, RawJson name, @Nullable RawJson signature) {
        this.index = index;
        this.id = id;
        this.tool = tool;
        this.callId = callId;
        this.name = name;
        this.signature = signature;
    }

    int tool() {
        return tool;
    }

    RawJson name() {
        return name;
    }

    GrowingString arguments() {
        return arguments;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public RawJson id() {
        return id;
    }

    @Override
    public boolean open() {
        return status == ItemStatus.IN_PROGRESS;
    }

    /// A call that came without arguments has none.
    @Override
    public void close(ItemStatus end) {
        if (arguments.isEmpty() && end == ItemStatus.COMPLETED) {
            arguments.append(NO_ARGUMENTS);
        }
        status = end;
    }

    @Override
    public void write(JsonOutput out) {
        out.beginObject().member("id", id).member("type", "function_call").member("status", status.word());
        out.member("arguments", arguments.view()).member("call_id", callId).member("name", name);
        if (signature != null) {
            out.name("extra_content").beginObject().name("google").beginObject();
            out.member("thought_signature", signature).endObject().endObject();
        }
        out.endObject();
    }
}
