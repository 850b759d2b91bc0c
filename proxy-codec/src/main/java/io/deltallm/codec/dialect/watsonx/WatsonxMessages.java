package io.deltallm.codec.dialect.watsonx;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.CallIds;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the conversation of a request. Confined to it.
final class WatsonxMessages {
    private final UpstreamCall call;
    private final JsonOutput out;
    private final CallIds ids = new CallIds();
    private int index;

    WatsonxMessages(UpstreamCall call, JsonOutput out) {
        this.call = call;
        this.out = out;
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
                case TOOL -> results(message);
            }
        }
        out.endArray();
    }

    private void user(Message message) {
        out.beginObject().member("role", "user").name("content");
        if (message.parts().stream().allMatch(part -> part instanceof Part.Text)) {
            out.value(message.text());
        } else {
            out.beginArray();
            message.parts().forEach(this::part);
            out.endArray();
        }
        out.optional("name", message.name()).endObject();
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text(var text, _) -> text(text);
            case Part.Refusal(var text) -> text(text);
            case Part.Document(Media.PlainText(var text), _, _) -> text(text);
            case Part.Image(Media.Inline inline, var detail, _) -> image(inline.dataUrl(), detail);
            case Part.Image(Media.Remote(var url, _), var detail, _) -> image(url, detail);
            case Part.Image _,
                    Part.Audio _,
                    Part.Video _,
                    Part.Document _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Opaque _ -> call.lost("messages[" + index + "].content");
        }
    }

    private void text(String text) {
        out.beginObject().member("type", "text").member("text", text).endObject();
    }

    private void image(String url, @Nullable String detail) {
        out.beginObject().member("type", "image_url").name("image_url").beginObject();
        out.member("url", url).optional("detail", detail).endObject().endObject();
    }

    private void assistant(Message message) {
        boolean calls = message.parts().stream().anyMatch(part -> part instanceof Part.ToolCall);
        String text = message.text();
        out.beginObject().member("role", "assistant");
        if (!calls || !text.isEmpty()) {
            out.member("content", text);
        }
        if (calls) {
            calls(message);
        }
        out.endObject();
    }

    private void calls(Message message) {
        out.name("tool_calls").beginArray();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolCall made) {
                out.beginObject().member("id", ids.of(made)).member("type", "function");
                out.name("function").beginObject().member("name", made.name());
                out.name("arguments").beginString().jsonPiece(made.arguments()).endString();
                out.endObject().endObject();
            }
        }
        out.endArray();
    }

    private void results(Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                if (result.content().stream().anyMatch(piece -> !(piece instanceof Part.Text))) {
                    call.lost("messages[" + index + "].content");
                }
                out.beginObject().member("role", "tool").member("tool_call_id", ids.of(result));
                out.member("content", result.text()).endObject();
            }
        }
    }
}
