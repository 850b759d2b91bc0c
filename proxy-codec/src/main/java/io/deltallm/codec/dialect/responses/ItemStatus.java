package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;

/// How far an item has come.
enum ItemStatus {
    IN_PROGRESS("in_progress"),
    COMPLETED("completed"),
    /// The reply was cut short within it.
    INCOMPLETE("incomplete");

    private final RawJson json;

    ItemStatus(String word) {
        this.json = RawJson.ofText(word);
    }

    RawJson json() {
        return json;
    }
}
