package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import org.jspecify.annotations.Nullable;

/// Ids of tool calls to which the provider gave none, one after the other through all answers of a reply. Confined to one
/// exchange.
final class MadeCallIds {
    private final ClientCall call;
    private int made;

    MadeCallIds(ClientCall call) {
        this.call = call;
    }

    /// The provider's id, or one that is made, as a JSON string.
    RawJson of(@Nullable RawJson id) {
        return id == null || id.isEmptyString() ? RawJson.ofText("call_" + call.id() + "_" + made++) : id;
    }
}
