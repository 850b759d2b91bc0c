package io.deltallm.codec.dialect.cohere;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.dialect.CallIds;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the conversation of a request of version 2. Confined to it.
final class CohereMessages {
    private final UpstreamCall call;
    private final JsonOutput out;
    private final CallIds ids = new CallIds();
    private int index;

    CohereMessages(UpstreamCall call, JsonOutput out) {
        this.call = call;
        this.out = out;
    }

    void write(List<Message> messages) {
        out.name("messages").beginArray();
        for (index = 0; index < messages.size(); index++) {
            Message message = messages.get(index);
            switch (message.role()) {
                case SYSTEM, DEVELOPER -> spoken("system", message);
                case USER -> spoken("user", message);
                case ASSISTANT -> assistant(message);
                case TOOL -> results(message);
            }
        }
        out.endArray();
    }

    private void spoken(String role, Message message) {
        out.beginObject().member("role", role).name("content");
        if (message.parts().stream().allMatch(part -> part instanceof Part.Text)) {
            out.value(message.text());
        } else {
            out.beginArray();
            message.parts().forEach(this::part);
            out.endArray();
        }
        out.endObject();
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text(var text, _) -> text(text);
            case Part.Refusal(var text) -> text(text);
            case Part.Image(var media, var detail, _) -> image(media, detail);
            case Part.Document(Media.PlainText(var text), _, _) -> text(text);
            case Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.ToolCall _,
                    Part.ToolResult _,
                    Part.Audio _,
                    Part.Video _,
                    Part.Document _,
                    Part.Opaque _ -> lost();
        }
    }

    private void text(String text) {
        out.beginObject().member("type", "text").member("text", text).endObject();
    }

    private void image(Media media, @Nullable String detail) {
        String url =
                switch (media) {
                    case Media.Inline inline -> inline.dataUrl();
                    case Media.Remote(var remote, _) -> remote;
                    case Media.Uploaded _, Media.PlainText _ -> "";
                };
        if (url.isEmpty()) {
            lost();
            return;
        }
        out.beginObject().member("type", "image_url").name("image_url").beginObject();
        out.member("url", url).optional("detail", detail).endObject().endObject();
    }

    private void lost() {
        call.lost("messages[" + index + "].content");
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
            calls(message);
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
        List<Part> parts = message.parts().stream()
                .filter(part -> !(part instanceof Part.Thinking) && !(part instanceof Part.ToolCall))
                .toList();
        if (mayBeEmpty && parts.isEmpty()) {
            return;
        }
        if (thoughts.isEmpty()) {
            out.name("content");
            if (parts.stream().allMatch(part -> part instanceof Part.Text)) {
                out.value(message.text());
                return;
            }
            out.beginArray();
        } else {
            out.name("content").beginArray();
            out.beginObject().member("type", "thinking").member("thinking", thoughts).endObject();
        }
        parts.forEach(this::part);
        out.endArray();
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
                    lost();
                }
                out.beginObject().member("role", "tool").member("tool_call_id", ids.of(result));
                out.member("content", result.text()).endObject();
            }
        }
    }
}
