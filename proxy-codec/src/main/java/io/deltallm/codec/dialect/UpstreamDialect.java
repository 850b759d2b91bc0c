package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.RawJson;
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

    /// Whether its providers have the blocks that only this format has.
    ///
    /// @param dialect the [io.deltallm.codec.chat.Operation]'s label
    default boolean knows(String dialect) {
        return false;
    }

    /// Whether its providers may have made this proof of thoughts; they refuse those of others.
    ///
    /// @param proof what stands in a signature, or instead of thoughts that nobody else can read
    default boolean accepts(String proof, UpstreamCall call) {
        return true;
    }

    /// Whether an answer, or arguments, can be made to follow this schema strictly.
    default boolean holdsTo(RawJson schema, UpstreamCall call) {
        return true;
    }

    /// Whether a tool may have this name.
    default boolean takesToolName(String name) {
        return ToolAliases.isUsual(name);
    }

    /// Cuts a streamed reply into its events. A plain reply is one frame: its whole body.
    FrameCutter streamCutter();

    /// One an attempt.
    ReplyReader replyReader(boolean streamed);
}
