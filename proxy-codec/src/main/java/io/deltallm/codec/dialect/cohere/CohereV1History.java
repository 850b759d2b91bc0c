package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonSyntax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the conversation of a request of version 1: the instructions are its `preamble`, the last turn its `message` or
/// `tool_results`, all between them its `chat_history`. Confined to its request.
final class CohereV1History {
    private final List<Message> messages;
    private final UpstreamCall call;
    private final JsonOutput out;
    /// By their ids, or names where they have none: a result repeats the call it answers.
    private final Map<String, Part.ToolCall> calls = new HashMap<>();

    CohereV1History(List<Message> messages, UpstreamCall call, JsonOutput out) {
        this.messages = messages;
        this.call = call;
        this.out = out;
    }

    void write() {
        StringBuilder preamble = new StringBuilder();
        for (Message message : messages) {
            if (isInstruction(message)) {
                preamble.append(preamble.isEmpty() ? "" : "\n\n").append(message.text());
            }
            remember(message);
        }
        if (!preamble.isEmpty()) {
            out.member("preamble", preamble.toString());
        }
        int last = lastTurn();
        history(last);
        if (last < 0) {
            out.member("message", "");
        } else if (messages.get(last).role() == Role.TOOL) {
            out.member("message", "");
            results(messages.get(last));
        } else {
            out.member("message", text(last));
        }
    }

    private static boolean isInstruction(Message message) {
        return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
    }

    private void remember(Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall made) {
                calls.put(made.id().isEmpty() ? made.name() : made.id(), made);
            }
        }
    }

    private int lastTurn() {
        int last = messages.size() - 1;
        while (last >= 0 && isInstruction(messages.get(last))) {
            last--;
        }
        return last;
    }

    private void history(int last) {
        out.name("chat_history").beginArray();
        for (int i = 0; i < last; i++) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> {}
                case USER ->
                    out.beginObject().member("role", "USER").member("message", text(i)).endObject();
                case ASSISTANT -> assistant(i, message);
                case TOOL -> {
                    out.beginObject().member("role", "TOOL");
                    results(message);
                    out.endObject();
                }
            }
        }
        out.endArray();
    }

    private void assistant(int index, Message message) {
        out.beginObject().member("role", "CHATBOT").member("message", text(index));
        if (message.parts().stream().anyMatch(part -> part instanceof Part.ToolCall)) {
            out.name("tool_calls").beginArray();
            for (Part part : message.parts()) {
                if (part instanceof Part.ToolCall made) {
                    call(made.name(), made.arguments());
                }
            }
            out.endArray();
        }
        out.endObject();
    }

    private void call(String name, RawJson arguments) {
        out.beginObject().member("name", name).member("parameters", arguments).endObject();
    }

    private void results(Message message) {
        out.name("tool_results").beginArray();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                String name = result.name() == null ? "" : result.name();
                Part.ToolCall made = calls.get(result.callId().isEmpty() ? name : result.callId());
                out.beginObject().name("call");
                call(made == null ? name : made.name(), made == null ? RawJson.EMPTY_OBJECT : made.arguments());
                out.name("outputs").beginArray();
                output(result.text());
                out.endArray().endObject();
            }
        }
        out.endArray();
    }

    /// Outputs are objects: a text that is none becomes the only member of one.
    private void output(String text) {
        if (JsonSyntax.isObject(text)) {
            out.value(RawJson.ofLiteral(text.strip()));
        } else {
            out.beginObject().member("result", text).endObject();
        }
    }

    private String text(int index) {
        StringBuilder text = new StringBuilder();
        for (Part part : messages.get(index).parts()) {
            switch (part) {
                case Part.Text(var piece, _) -> text.append(piece);
                case Part.Refusal(var piece) -> text.append(piece);
                case Part.Document(Media.PlainText(var piece), _, _) -> text.append(piece);
                case Part.Thinking _, Part.RedactedThinking _, Part.ToolCall _ -> {}
                case Part.Image _,
                        Part.Audio _,
                        Part.Video _,
                        Part.Document _,
                        Part.ToolResult _,
                        Part.Opaque _ -> call.lost("messages[" + index + "].content");
            }
        }
        return text.toString();
    }
}
