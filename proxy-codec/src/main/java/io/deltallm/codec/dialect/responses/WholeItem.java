package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;

/// An item that came whole and goes on as it is: a hosted tool's call, a picture.
record WholeItem(int index, RawJson id, RawJson json) implements OutputItem {

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public void close(ItemStatus status) {}

    @Override
    public void write(JsonOutput out) {
        out.value(json);
    }
}
