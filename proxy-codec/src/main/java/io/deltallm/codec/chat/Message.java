package io.deltallm.codec.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation.
///
/// Readers bring every format into one order: what a client puts beside tool results in one turn follows them as a
/// message of its own, and a [Role#TOOL] message holds the results of one or more calls.
///
/// @param name the speaker, where the format has names
public record Message(Role role, List<Part> parts, @Nullable String name) {

    public Message {
        parts = List.copyOf(parts);
    }

    public static Message of(Role role, List<Part> parts) {
        return new Message(role, parts, null);
    }

    public static Message text(Role role, String text) {
        return new Message(role, List.of(Part.Text.of(text)), null);
    }

    /// All its text, one after the other.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text(var piece, _)) {
                text.append(piece);
            }
        }
        return text.toString();
    }
}
