package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.frame.Frame;

/// Reads one reply of a provider into events. Confined to one attempt; what it is given is borrowed for the call.
public interface ReplyReader {

    /// One event of a stream, or the whole body of a plain reply.
    ///
    /// @throws Refused or [io.deltallm.codec.json.JsonProblem] if it is not what the format has
    void read(Frame frame, ChatSink sink);

    /// The stream has ended, properly framed. A reader that has seen how the answer ended tells nothing; one that has
    /// not tells a [io.deltallm.codec.chat.ChatEvent.Failed], since a reply cut short must never look whole.
    void end(ChatSink sink);
}
