package io.deltallm.codec.dialect.ollama;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the conversation of a request: a message is one text, beside it pictures, thoughts and calls. Confined to it.
final class OllamaMessages {
    private final List<Message> messages;
    private final UpstreamCall call;
    private final JsonOutput out;
    /// Of the calls so far, by their ids: results are told apart by name.
    private final Map<String, String> toolNames = new HashMap<>();

    OllamaMessages(List<Message> messages, UpstreamCall call, JsonOutput out) {
        this.messages = messages;
        this.call = call;
        this.out = out;
    }

    void write() {
        out.name("messages").beginArray();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> message("system", i, message.parts(), null);
                case USER -> message("user", i, message.parts(), null);
                case ASSISTANT -> message("assistant", i, message.parts(), null);
                case TOOL -> results(i, message);
            }
        }
        out.endArray();
    }

    private void results(int index, Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                String name = result.name() == null ? toolNames.get(result.callId()) : result.name();
                message("tool", index, result.content(), name);
            }
        }
    }

    private void message(String role, int index, List<Part> parts, @Nullable String toolName) {
        StringBuilder text = new StringBuilder();
        StringBuilder thoughts = new StringBuilder();
        List<String> images = new ArrayList<>();
        List<Part.ToolCall> calls = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var piece, _) -> text.append(piece);
                case Part.Refusal(var piece) -> text.append(piece);
                case Part.Document(Media.PlainText(var piece), _, _) -> text.append(piece);
                case Part.Thinking(var piece, _, _) -> thoughts.append(piece);
                case Part.ToolCall made -> calls.add(made);
                case Part.Image(Media.Inline inline, _, _) -> images.add(inline.base64());
                case Part.RedactedThinking _ -> {}
                case Part.Image _, Part.Audio _, Part.Video _, Part.Document _, Part.ToolResult _, Part.Opaque _ ->
                    call.lost("messages[" + index + "].content");
            }
        }
        out.beginObject().member("role", role).member("content", text.toString());
        if (!thoughts.isEmpty()) {
            out.member("thinking", thoughts.toString());
        }
        out.optional("images", images);
        calls(calls);
        out.optional("tool_name", toolName).endObject();
    }

    private void calls(List<Part.ToolCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        out.name("tool_calls").beginArray();
        for (Part.ToolCall made : calls) {
            toolNames.put(made.id(), made.name());
            out.beginObject();
            if (!made.id().isEmpty()) {
                out.member("id", made.id());
            }
            out.name("function").beginObject();
            out.member("name", made.name()).member("arguments", made.arguments()).endObject().endObject();
        }
        out.endArray();
    }
}
