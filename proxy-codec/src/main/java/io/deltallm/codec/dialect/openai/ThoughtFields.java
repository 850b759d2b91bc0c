package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Part;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The thoughts that a client hands back with an assistant's message: `thinking_blocks` or `reasoning_details` with their
/// proofs, else the bare text of `reasoning_content` or `reasoning`. Confined to one request and reused.
final class ThoughtFields {
    private final List<Part> proven = new ArrayList<>();
    private @Nullable String text;

    void begin() {
        proven.clear();
        text = null;
    }

    void text(JsonCursor body) {
        if (body.kind() == JsonKind.STRING) {
            text = body.string();
        }
    }

    void list(JsonCursor body) {
        proven.clear();
        body.array();
        while (body.element()) {
            entry(body);
        }
    }

    /// One of `{"type":"thinking",thinking,signature}`, `{"type":"redacted_thinking",data}`,
    /// `{"type":"reasoning.text",text,signature}`, `{"type":"reasoning.summary",summary}`,
    /// `{"type":"reasoning.encrypted",data}`.
    private void entry(JsonCursor body) {
        String thought = null;
        String signature = null;
        String data = null;
        String id = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "thinking", "text", "summary" -> thought = body.stringOrNull();
                case "signature" -> signature = body.stringOrNull();
                case "data" -> data = body.stringOrNull();
                case "id" -> id = body.stringOrNull();
                default -> {}
            }
        }
        if (data != null) {
            proven.add(new Part.RedactedThinking(data, id));
        } else if (thought != null || signature != null) {
            proven.add(new Part.Thinking(thought == null ? "" : thought, signature, id));
        }
    }

    List<Part> parts() {
        if (text == null || text.isEmpty() || proven.stream().anyMatch(Part.Thinking.class::isInstance)) {
            return proven;
        }
        List<Part> parts = new ArrayList<>(proven);
        parts.addFirst(new Part.Thinking(text, null, null));
        return parts;
    }
}
