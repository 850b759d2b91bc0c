package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the assistant says. Its last part is the one that grows.
final class MessageItem implements OutputItem {
    private final int index;
    private final RawJson id;
    private final List<ContentPart> parts = new ArrayList<>(1);
    private ItemStatus status = ItemStatus.IN_PROGRESS;

    MessageItem(int index, RawJson id) {
        this.index = index;
        this.id = id;
    }

    @Nullable ContentPart last() {
        return parts.isEmpty() ? null : parts.getLast();
    }

    int lastIndex() {
        return parts.size() - 1;
    }

    ContentPart begin(boolean refusal) {
        ContentPart part = new ContentPart(refusal);
        parts.add(part);
        return part;
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

    @Override
    public void close(ItemStatus end) {
        status = end;
    }

    @Override
    public void write(JsonOutput out) {
        out.beginObject().member("id", id).member("type", "message").member("status", status.word());
        out.name("content").beginArray();
        parts.forEach(part -> part.write(out));
        out.endArray().member("role", "assistant").endObject();
    }
}
