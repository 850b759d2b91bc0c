package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.WholeReply;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.codec.json.JsonSyntax;
import org.jspecify.annotations.Nullable;

/// Passes a plain reply on as it is, once it is known for a message. One a reply.
final class HostedReply implements WholeReply.Conversion, ChatSink {
    private @Nullable Usage usage;

    @Override
    public @Nullable Usage convert(Frame body, JsonOutput out) {
        try {
            new MessagesReplyReader().read(body, this);
        } catch (JsonProblem problem) {
            // A member of another kind than today's is for the client to understand.
            if (!JsonSyntax.isObject(body.text())) {
                throw problem;
            }
        }
        out.literal(body.bytes(), body.start(), body.end());
        return usage;
    }

    @Override
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.Failed(var error) -> throw new Refused(error);
            case ChatEvent.Used(Usage stated) -> usage = stated;
            default -> {}
        }
    }
}
