package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.json.JsonCursor;

/// A wire format that clients of the gateway speak: their chats are read into the hub, replies written from it.
/// Stateless, thread-safe.
public interface ClientDialect extends ErrorWriter {

    /// Reads a whole request.
    ///
    /// @param body at the body's first value
    /// @param path the model that the request's path names and the action in it; empty where the format has both in
    ///     the body
    /// @throws Refused if it is not what the format allows
    /// @throws io.deltallm.codec.json.JsonProblem likewise
    ChatRequest readRequest(JsonCursor body, PathCall path);

    /// One a reply.
    ReplyWriter replyWriter(ClientCall call);

    /// One a reply, where the format's replies repeat their request's settings.
    default ReplyWriter replyWriter(ClientCall call, ChatRequest request) {
        return replyWriter(call);
    }

    /// What a path says that other formats have in the body (Gemini: `/models/{model}:streamGenerateContent`).
    ///
    /// @param model empty where the body has it
    record PathCall(String model, boolean stream) {
        public static final PathCall NONE = new PathCall("", false);
    }
}
