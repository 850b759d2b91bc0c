package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent.Started;
import io.deltallm.codec.chat.JsonQuotes;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientCall;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What every object of one reply begins with: its id, kind, time and model. Immutable.
final class ReplyHead {
    private final byte[] utf8;

    /// @param prefix what the format's ids begin with; the provider's id is kept if it begins so too
    /// @param object the kind
    ReplyHead(ClientCall call, Started started, String prefix, String object) {
        RawJson model = started.model();
        String text = "{\"id\":" + id(call, started.id(), prefix)
                + ",\"object\":\"" + object
                + "\",\"created\":" + call.createdEpochSeconds()
                + ",\"model\":" + (model == null ? JsonQuotes.quoted(call.model()) : model.json())
                + ",\"choices\":[";
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    private static String id(ClientCall call, @Nullable RawJson id, String prefix) {
        String own = id == null ? "" : id.json();
        return own.startsWith('"' + prefix) ? own : '"' + prefix + call.id() + '"';
    }

    /// From the opening brace to the opening bracket of `choices`.
    byte[] utf8() {
        return utf8;
    }
}
