package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What other formats write as OpenAI does (Cohere's, watsonx's, Ollama's): texts and pictures, functions, their calls and
/// results. Confined to one request.
public final class OpenAiForm {
    private static final RawJson NO_PARAMETERS = RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}");

    private final UpstreamCall call;
    private final JsonOutput out;
    private final CallIds ids = new CallIds();

    public OpenAiForm(UpstreamCall call, JsonOutput out) {
        this.call = call;
        this.out = out;
    }

    /// `tools`, where there are any to offer.
    ///
    /// @param offered which functions, by their names; the others are left out
    /// @return those that were written
    public List<Tool.Function> tools(List<Tool> tools, Predicate<String> offered) {
        List<Tool.Function> functions = functions(tools, offered);
        if (!functions.isEmpty()) {
            out.name("tools").beginArray();
            functions.forEach(this::function);
            out.endArray();
        }
        return functions;
    }

    private List<Tool.Function> functions(List<Tool> tools, Predicate<String> offered) {
        List<Tool.Function> functions = new ArrayList<>(tools.size());
        for (int i = 0; i < tools.size(); i++) {
            switch (tools.get(i)) {
                case Tool.Function function -> {
                    if (offered.test(function.name())) {
                        functions.add(function);
                    }
                }
                case Tool.Hosted _ -> call.lost("tools[" + i + "]");
            }
        }
        return functions;
    }

    private void function(Tool.Function function) {
        RawJson parameters = function.parameters();
        out.beginObject().member("type", "function").name("function").beginObject();
        out.member("name", function.name()).optional("description", function.description());
        out.member("parameters", parameters == null ? NO_PARAMETERS : parameters).endObject().endObject();
    }

    /// What of an assistant's message is content: neither thoughts nor calls, nor what only another format knows.
    ///
    /// @param index the message's
    public List<Part> said(Message message, int index) {
        return message.parts().stream().filter(part -> isSaid(part, index)).toList();
    }

    private boolean isSaid(Part part, int index) {
        return switch (part) {
            case Part.Thinking _, Part.ToolCall _ -> false;
            case Part.RedactedThinking _, Part.Opaque _ -> {
                lost(index);
                yield false;
            }
            default -> true;
        };
    }

    /// The value of `content`: a text where it is nothing else.
    ///
    /// @param index the message's
    public void content(List<Part> parts, int index) {
        if (parts.stream().allMatch(Part.Text.class::isInstance)) {
            out.value(Message.of(Role.USER, parts).text());
        } else {
            out.beginArray();
            parts(parts, index);
            out.endArray();
        }
    }

    /// Elements of `content`.
    ///
    /// @param index the message's
    public void parts(List<Part> parts, int index) {
        parts.forEach(part -> part(part, index));
    }

    private void part(Part part, int index) {
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
                    Part.Opaque _ -> lost(index);
        }
    }

    private void text(String text) {
        out.beginObject().member("type", "text").member("text", text).endObject();
    }

    private void image(String url, @Nullable String detail) {
        out.beginObject().member("type", "image_url").name("image_url").beginObject();
        out.member("url", url).optional("detail", detail).endObject().endObject();
    }

    /// `tool_calls`.
    public void calls(Message message) {
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

    /// Each result as a message of its own, its text alone.
    ///
    /// @param index the message's
    public void results(Message message, int index) {
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                if (!result.content().stream().allMatch(Part.Text.class::isInstance)) {
                    lost(index);
                }
                out.beginObject().member("role", "tool").member("tool_call_id", ids.of(result));
                out.member("content", result.text()).endObject();
            }
        }
    }

    private void lost(int index) {
        call.lost("messages[" + index + "].content");
    }
}
