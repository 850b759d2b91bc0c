package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonOutput;

/// An item of a reply's `output`, which grows until it is closed. Confined to a reply.
sealed interface OutputItem permits MessageItem, ReasoningItem, CallItem, WholeItem {

    /// Its place in `output`.
    int index();

    RawJson id();

    boolean open();

    /// Nothing is added to it any more.
    void close(ItemStatus status);

    /// The item as it stands.
    void write(JsonOutput out);
}
