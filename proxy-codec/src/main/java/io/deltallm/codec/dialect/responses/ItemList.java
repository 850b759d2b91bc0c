package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The items of a reply in the order in which their client hears of them; tells a [Ladder] where they begin and end.
/// Confined to a reply.
final class ItemList {
    private final Ladder ladder;
    private final String replyId;
    private final List<OutputItem> items = new ArrayList<>(4);
    /// Calls that have an object, of which there is nothing to tell before it is whole.
    private final List<CallItem> waiting = new ArrayList<>(0);

    /// @param replyId what ids of items are made from
    ItemList(Ladder ladder, String replyId) {
        this.ladder = ladder;
        this.replyId = replyId;
    }

    int size() {
        return items.size();
    }

    RawJson newId(String prefix) {
        return RawJson.ofText(prefix + replyId + "_" + (items.size() + waiting.size()));
    }

    void add(OutputItem item, JsonOutput out) {
        items.add(item);
        ladder.itemAdded(item, out);
    }

    void addCall(CallItem call, JsonOutput out) {
        if (call.kind().member() == null) {
            add(call, out);
        } else {
            waiting.add(call);
        }
    }

    void addWhole(WholeItem item, JsonOutput out) {
        add(item, out);
        ladder.itemDone(item, out);
    }

    /// The call of that number that has not ended; null if there is none.
    @Nullable CallItem openCall(int tool) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof CallItem call && call.tool() == tool && call.open()) {
                return call;
            }
        }
        for (CallItem call : waiting) {
            if (call.tool() == tool) {
                return call;
            }
        }
        return null;
    }

    /// Clients keep items in the order in which they are done: a call does not overtake another.
    boolean isFirstOpen(CallItem call) {
        for (OutputItem item : items) {
            if (item.open()) {
                return item == call;
            }
        }
        return !waiting.isEmpty() && waiting.getFirst() == call;
    }

    /// The text that was said last; its client may have been told already that it is done. Null where nothing was said.
    @Nullable ContentPart lastText() {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i) instanceof MessageItem item && item.last() != null && !item.last().refusal()) {
                return item.last();
            }
        }
        return null;
    }

    void close(OutputItem item, ItemStatus status, JsonOutput out) {
        item.close(status);
        if (item instanceof CallItem call) {
            callDone(call, out);
        }
        ladder.itemDone(item, out);
    }

    private void callDone(CallItem call, JsonOutput out) {
        switch (call.kind()) {
            case FUNCTION -> ladder.argumentsDone(call, out);
            case CUSTOM -> ladder.inputDone(call, out);
            case LOCAL_SHELL, SHELL, APPLY_PATCH, TOOL_SEARCH -> {
                waiting.remove(call);
                call.place(items.size());
                add(call, out);
            }
        }
    }

    /// Closes what is open, in order.
    void closeAll(ItemStatus status, JsonOutput out) {
        for (OutputItem item : items) {
            if (item.open()) {
                close(item, status, out);
            }
        }
        while (!waiting.isEmpty()) {
            close(waiting.getFirst(), status, out);
        }
    }

    void write(JsonOutput out) {
        out.beginArray();
        items.forEach(item -> item.write(out));
        out.endArray();
    }
}
