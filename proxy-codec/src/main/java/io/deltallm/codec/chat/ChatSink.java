package io.deltallm.codec.chat;

/// Who hears the events of a reply.
@FunctionalInterface
public interface ChatSink {

    void accept(ChatEvent event);
}
