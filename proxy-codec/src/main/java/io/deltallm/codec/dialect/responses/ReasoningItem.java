package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// The model's thoughts, as a summary of one part; or only their proof.
final class ReasoningItem implements OutputItem {
    private final int index;
    private final RawJson id;
    private final GrowingString summary = new GrowingString();
    private @Nullable RawJson proof;
    private boolean open = true;

    ReasoningItem(int index, RawJson id) {
        this.index = index;
        this.id = id;
    }

    GrowingString summary() {
        return summary;
    }

    /// @param encrypted a JSON string, kept
    void prove(RawJson encrypted) {
        proof = encrypted;
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
        return open;
    }

    @Override
    public void close(ItemStatus status) {
        open = false;
    }

    @Override
    public void write(JsonOutput out) {
        out.beginObject().member("id", id).member("type", "reasoning").optional("encrypted_content", proof);
        out.name("summary").beginArray();
        if (!summary.isEmpty()) {
            writeSummary(summary.view(), out);
        }
        out.endArray().endObject();
    }

    static void writeSummary(RawJson text, JsonOutput out) {
        out.beginObject().member("type", "summary_text").member("text", text).endObject();
    }
}
