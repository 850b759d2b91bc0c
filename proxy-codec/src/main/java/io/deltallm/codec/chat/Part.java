package io.deltallm.codec.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a message.
public sealed interface Part {

    /// @param cache marks the end of a prefix that the provider should cache; null where the client sets no mark
    record Text(String text, @Nullable CacheMark cache) implements Part {
        public static Text of(String text) {
            return new Text(text, null);
        }
    }

    /// @param detail OpenAI's `low`, `high` or `auto`; null where unsaid
    record Image(Media media, @Nullable String detail, @Nullable CacheMark cache) implements Part {}

    /// A sound; its format is in its media type (`audio/wav`, `audio/mpeg`).
    record Audio(Media media) implements Part {}

    record Video(Media media) implements Part {}

    /// @param title the file's name or title
    record Document(Media media, @Nullable String title, @Nullable CacheMark cache) implements Part {}

    /// The assistant asks for a tool to be run.
    ///
    /// @param id empty where the format has none; writers that need one make it
    /// @param arguments a JSON object
    /// @param signature the provider's opaque mark on the call (Gemini's `thoughtSignature`), to be returned unchanged
    record ToolCall(String id, String name, RawJson arguments, @Nullable String signature, @Nullable CacheMark cache)
            implements Part {}

    /// What a tool answered.
    ///
    /// @param name the tool's name, where the client or the call before says it
    /// @param content texts, images, documents
    record ToolResult(
            String callId, @Nullable String name, List<Part> content, boolean error, @Nullable CacheMark cache)
            implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }

        /// All its text, one after the other.
        public String text() {
            return Message.of(Role.TOOL, content).text();
        }
    }

    /// The model's own thoughts, to be returned to it in the next turn.
    ///
    /// @param signature opaque proof of them, to be returned unchanged; null where the provider gives none
    /// @param id the item's id, where the format has one (Responses' `rs_…`)
    record Thinking(String text, @Nullable String signature, @Nullable String id) implements Part {}

    /// Thoughts that only the provider can read, to be returned unchanged.
    record RedactedThinking(String data, @Nullable String id) implements Part {}

    /// The assistant declined.
    record Refusal(String text) implements Part {}

    /// A block that only one format has (a server tool's call or result): carried verbatim to that format, elsewhere said in
    /// words, or lost.
    ///
    /// @param dialect the [io.deltallm.codec.chat.Operation]'s label it came in
    /// @param inWords what it says, where that can be said in words; null where it is lost elsewhere
    record Opaque(String dialect, RawJson block, @Nullable String inWords) implements Part {

        /// One that means nothing elsewhere.
        public Opaque(String dialect, RawJson block) {
            this(dialect, block, null);
        }
    }
}
