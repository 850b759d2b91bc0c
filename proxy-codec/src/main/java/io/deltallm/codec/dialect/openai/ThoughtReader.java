package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import org.jspecify.annotations.Nullable;

/// Reads the thoughts of an answer, for which there is no one field: `reasoning_content` (DeepSeek and most), `reasoning`
/// (Groq, OpenRouter, newer vLLM), `reasoning_text` (GitHub), `reasoning_details` (OpenRouter) and `thinking_blocks`
/// (gateways). Hosts send several of them with the same text, which is told once. Confined to one attempt.
final class ThoughtReader {
    private final int choice;
    private final JsonCursor cursor = new JsonCursor();

    private @Nullable RawJson text;
    private @Nullable RawJson details;
    private @Nullable RawJson blocks;
    /// Whether text was told whose proof is still to come.
    private boolean unproven;

    private @Nullable RawJson entryText;
    private @Nullable RawJson entrySignature;
    private @Nullable RawJson entryData;

    ThoughtReader(int choice) {
        this.choice = choice;
    }

    void begin() {
        text = details = blocks = null;
    }

    void text(JsonCursor value) {
        RawJson filled = AnswerReader.filled(value);
        text = text == null ? filled : text;
    }

    void details(JsonCursor value) {
        details = value.kind() == JsonKind.ARRAY ? value.raw() : null;
    }

    void blocks(JsonCursor value) {
        blocks = value.kind() == JsonKind.ARRAY ? value.raw() : null;
    }

    /// Tells what was found.
    ///
    /// @param whole whether the lists hold all thoughts of the answer, each with its proof
    void tell(boolean whole, ChatSink sink) {
        RawJson list = blocks != null ? blocks : details;
        if (whole && list != null && statesText(list)) {
            entries(list, true, sink);
            return;
        }
        if (text != null) {
            thought(text, sink);
        }
        if (list != null) {
            // Details come in pieces like the text; a block comes whole, behind the text it repeats.
            entries(list, text == null && (blocks == null || !unproven), sink);
        }
    }

    private boolean statesText(RawJson list) {
        cursor.over(list);
        cursor.array();
        boolean found = false;
        while (cursor.element()) {
            entry();
            found |= entryText != null;
        }
        return found;
    }

    private void entries(RawJson list, boolean withText, ChatSink sink) {
        cursor.over(list);
        cursor.array();
        while (cursor.element()) {
            entry();
            if (withText && entryText != null) {
                thought(entryText, sink);
            }
            if (entrySignature != null) {
                unproven = false;
                sink.accept(new ChatEvent.ThinkingSignature(choice, entrySignature));
            }
            if (entryData != null) {
                sink.accept(new ChatEvent.RedactedThinking(choice, entryData));
            }
        }
    }

    private void entry() {
        entryText = entrySignature = entryData = null;
        if (cursor.kind() != JsonKind.OBJECT) {
            return;
        }
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "text", "summary", "thinking" -> entryText = AnswerReader.filled(cursor);
                case "signature" -> entrySignature = AnswerReader.filled(cursor);
                case "data" -> entryData = AnswerReader.filled(cursor);
                default -> {}
            }
        }
    }

    private void thought(RawJson thought, ChatSink sink) {
        unproven = true;
        sink.accept(new ChatEvent.ThinkingDelta(choice, thought));
    }

    /// Thoughts within a content list: a text, or a list of texts (Mistral) with proofs between them (Databricks).
    void piece(JsonCursor value, ChatSink sink) {
        if (value.kind() == JsonKind.STRING) {
            RawJson thought = AnswerReader.filled(value);
            if (thought != null) {
                thought(thought, sink);
            }
        } else if (value.kind() == JsonKind.ARRAY) {
            entries(value.raw(), true, sink);
        }
    }

    /// The proof of a thought within a content list.
    void proof(JsonCursor value, ChatSink sink) {
        RawJson signature = AnswerReader.filled(value);
        if (signature != null) {
            unproven = false;
            sink.accept(new ChatEvent.ThinkingSignature(choice, signature));
        }
    }
}
