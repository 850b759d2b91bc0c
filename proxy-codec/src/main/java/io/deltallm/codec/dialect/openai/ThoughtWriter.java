package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Part;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Writes thoughts of earlier turns for hosts that take them back. Stateless.
final class ThoughtWriter {

    private ThoughtWriter() {}

    /// All text as one field.
    static void text(String field, List<Part> thoughts, JsonOutput out) {
        StringBuilder text = new StringBuilder();
        for (Part part : thoughts) {
            if (part instanceof Part.Thinking(String thought, _, _)) {
                text.append(thought);
            }
        }
        if (!text.isEmpty()) {
            out.member(field, text.toString());
        }
    }

    /// OpenRouter's `reasoning_details`.
    static void details(List<Part> thoughts, JsonOutput out) {
        out.name("reasoning_details").beginArray();
        for (Part part : thoughts) {
            if (part instanceof Part.Thinking(String thought, var signature, var id)) {
                out.beginObject().member("type", "reasoning.text").member("text", thought);
                out.optional("signature", signature).optional("id", id).endObject();
            } else if (part instanceof Part.RedactedThinking(String data, var id)) {
                out.beginObject().member("type", "reasoning.encrypted").member("data", data);
                out.optional("id", id).endObject();
            }
        }
        out.endArray();
    }

    /// Gateways' `thinking_blocks`.
    static void blocks(List<Part> thoughts, JsonOutput out) {
        out.name("thinking_blocks").beginArray();
        for (Part part : thoughts) {
            if (part instanceof Part.Thinking(String thought, var signature, _)) {
                out.beginObject().member("type", "thinking").member("thinking", thought);
                out.optional("signature", signature).endObject();
            } else if (part instanceof Part.RedactedThinking(String data, _)) {
                out.beginObject().member("type", "redacted_thinking").member("data", data).endObject();
            }
        }
        out.endArray();
    }

    /// Whether there is anything to be read in them.
    static boolean hasText(List<Part> thoughts) {
        return thoughts.stream().anyMatch(part -> part instanceof Part.Thinking(String thought, _, _) && !thought.isEmpty());
    }

    /// Mistral's: `[{"type":"thinking","thinking":[{"type":"text","text":…}]},{"type":"text","text":…}]`.
    static void contentList(List<Part> thoughts, List<Part> said, JsonOutput out) {
        out.beginArray();
        for (Part part : thoughts) {
            if (part instanceof Part.Thinking(String thought, _, _) && !thought.isEmpty()) {
                out.beginObject().member("type", "thinking").name("thinking").beginArray();
                text(thought, out);
                out.endArray().endObject();
            }
        }
        texts(said, out);
        out.endArray();
    }

    /// Databricks's: `[{"type":"reasoning","summary":[{"type":"summary_text","text":…,"signature":…}]},…]`.
    static void reasoningList(List<Part> thoughts, List<Part> said, JsonOutput out) {
        out.beginArray();
        for (Part part : thoughts) {
            if (part instanceof Part.Thinking(String thought, var signature, _)) {
                out.beginObject().member("type", "reasoning").name("summary").beginArray();
                out.beginObject().member("type", "summary_text").member("text", thought);
                out.optional("signature", signature).endObject();
                out.endArray().endObject();
            }
        }
        texts(said, out);
        out.endArray();
    }

    private static void texts(List<Part> said, JsonOutput out) {
        for (Part part : said) {
            if (part instanceof Part.Text(String words, _)) {
                text(words, out);
            }
        }
    }

    private static void text(String text, JsonOutput out) {
        out.beginObject().member("type", "text").member("text", text).endObject();
    }
}
