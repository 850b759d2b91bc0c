package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonOutput;

/// A wire format that providers speak: chats are written from the hub, replies read into it. Stateless, thread-safe.
public interface UpstreamDialect extends ErrorReader {

    /// Writes the whole body of a request.
    ///
    /// @throws Refused if the request asks for what the format cannot do
    void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out);

    /// Whether its providers fetch a medium from this URL themselves; else the gateway has to, before the request is
    /// written.
    default boolean fetches(String url) {
        return true;
    }

    /// Cuts a streamed reply into its events. A plain reply is one frame: its whole body.
    FrameCutter streamCutter();

    /// One an attempt.
    ReplyReader replyReader(boolean streamed);
}
