package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.json.JsonOutput;

/// Writes one reply to a client from events. Confined to one exchange.
///
/// A streamed reply is written event by event, framing included. A plain one is kept until [#end] and then written
/// whole; what is kept of an event is copied.
public interface ReplyWriter {

    /// Appends what the event makes known. Never called with [ChatEvent.Failed]: who drives it answers that.
    void write(ChatEvent event, JsonOutput out);

    /// The reply is complete: appends what is left, to the last byte.
    void end(JsonOutput out);
}
