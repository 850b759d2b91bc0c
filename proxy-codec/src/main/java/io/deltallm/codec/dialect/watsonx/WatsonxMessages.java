package io.deltallm.codec.dialect.watsonx;

import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.OpenAiForm;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;

/// Writes the conversation of a request. Confined to it.
final class WatsonxMessages {
    private final JsonOutput out;
    private final OpenAiForm form;
    private int index;

    WatsonxMessages(UpstreamCall call, JsonOutput out) {
        this.out = out;
        this.form = new OpenAiForm(call, out);
    }

    void write(List<Message> messages) {
        out.name("messages").beginArray();
        for (index = 0; index < messages.size(); index++) {
            Message message = messages.get(index);
            switch (message.role()) {
                case SYSTEM, DEVELOPER ->
                    out.beginObject().member("role", "system").member("content", message.text()).endObject();
                case USER -> user(message);
                case ASSISTANT -> assistant(message);
                case TOOL -> form.results(message, index);
            }
        }
        out.endArray();
    }

    private void user(Message message) {
        out.beginObject().member("role", "user").name("content");
        form.content(message.parts(), index);
        out.optional("name", message.name()).endObject();
    }

    private void assistant(Message message) {
        boolean calls = message.parts().stream().anyMatch(part -> part instanceof Part.ToolCall);
        String text = message.text();
        out.beginObject().member("role", "assistant");
        if (!calls || !text.isEmpty()) {
            out.member("content", text);
        }
        if (calls) {
            form.calls(message);
        }
        out.endObject();
    }
}
