package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.OpenAiForm;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Writes the conversation of a request of version 2. Confined to it.
final class CohereMessages {
    private final JsonOutput out;
    private final OpenAiForm form;
    private int index;

    CohereMessages(UpstreamCall call, JsonOutput out) {
        this.out = out;
        this.form = new OpenAiForm(call, out);
    }

    void write(List<Message> messages) {
        out.name("messages").beginArray();
        for (index = 0; index < messages.size(); index++) {
            Message message = messages.get(index);
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> spoken("system", message);
                case USER -> spoken("user", message);
                case ASSISTANT -> assistant(message);
                case TOOL -> form.results(message, index);
            }
        }
        out.endArray();
    }

    private void spoken(String role, Message message) {
        out.beginObject().member("role", role).name("content");
        form.content(message.parts(), index);
        out.endObject();
    }

    private void assistant(Message message) {
        boolean calls = message.parts().stream().anyMatch(part -> part instanceof Part.ToolCall);
        String thoughts = thoughts(message);
        out.beginObject().member("role", "assistant");
        // A model that plans its calls wants its plan back; thoughts beside an answer are a part of the content.
        if (calls && !thoughts.isEmpty()) {
            out.member("tool_plan", thoughts);
        }
        content(message, calls ? "" : thoughts, calls);
        if (calls) {
            form.calls(message);
        }
        out.endObject();
    }

    private static String thoughts(Message message) {
        StringBuilder thoughts = new StringBuilder();
        for (Part part : message.parts()) {
            if (part instanceof Part.Thinking(var text, _, _)) {
                thoughts.append(text);
            }
        }
        return thoughts.toString();
    }

    private void content(Message message, String thoughts, boolean mayBeEmpty) {
        List<Part> parts = form.said(message, index);
        if (mayBeEmpty && parts.isEmpty()) {
            return;
        }
        out.name("content");
        if (thoughts.isEmpty()) {
            form.content(parts, index);
            return;
        }
        out.beginArray().beginObject().member("type", "thinking").member("thinking", thoughts).endObject();
        form.parts(parts, index);
        out.endArray();
    }
}
