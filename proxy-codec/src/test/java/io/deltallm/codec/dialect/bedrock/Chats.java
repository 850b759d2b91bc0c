package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds requests, and keeps what was lost on the way.
final class Chats {
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private List<String> betas = List.of();
    private final List<String> lost = new ArrayList<>();
    private Sampling sampling = Sampling.NONE;
    private @Nullable ToolChoice choice;
    private @Nullable ResponseFormat format;
    private @Nullable Reasoning reasoning;
    private @Nullable Boolean parallel;
    private @Nullable String user;

    static Chats of(Message... messages) {
        Chats chats = new Chats();
        chats.messages.addAll(List.of(messages));
        return chats;
    }

    static Chats asking(String text) {
        return of(Message.text(Role.USER, text));
    }

    static Message user(Part... parts) {
        return Message.of(Role.USER, List.of(parts));
    }

    static Message assistant(Part... parts) {
        return Message.of(Role.ASSISTANT, List.of(parts));
    }

    static Message results(Part... parts) {
        return Message.of(Role.TOOL, List.of(parts));
    }

    static Part.ToolCall toolCall(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, RawJson.ofLiteral(arguments), null, null);
    }

    static Part.ToolResult result(String id, String text) {
        return new Part.ToolResult(id, null, List.of(Part.Text.of(text)), false, null);
    }

    Chats tool(String name) {
        tools.add(new Tool.Function(
                name, "It does.", RawJson.ofLiteral("{\"type\":\"object\",\"properties\":{}}"), null, null));
        return this;
    }

    Chats tool(Tool tool) {
        tools.add(tool);
        return this;
    }

    Chats choice(ToolChoice toolChoice) {
        choice = toolChoice;
        return this;
    }

    Chats sampling(Sampling all) {
        sampling = all;
        return this;
    }

    Chats maxTokens(long tokens) {
        sampling = new Sampling(tokens, null, null, null, null, null, null, null, List.of(), null, null, null);
        return this;
    }

    Chats format(ResponseFormat responseFormat) {
        format = responseFormat;
        return this;
    }

    Chats schema(String schema) {
        return format(new ResponseFormat.JsonSchema("sum", null, RawJson.ofLiteral(schema), true));
    }

    Chats effort(String effort) {
        reasoning = new Reasoning(effort, null, null);
        return this;
    }

    Chats betas(String... names) {
        betas = List.of(names);
        return this;
    }

    Chats extra(String name, String json) {
        extras.put(name, RawJson.ofLiteral(json));
        return this;
    }

    Chats oneToolAtATime() {
        parallel = false;
        return this;
    }

    Chats user(String name) {
        user = name;
        return this;
    }

    List<String> lost() {
        return lost;
    }

    String written(UpstreamDialect dialect, String model) {
        JsonOutput out = new JsonOutput();
        ChatRequest request = new ChatRequest(
                "chat/completions",
                "m",
                messages,
                tools,
                choice,
                parallel,
                sampling,
                format,
                reasoning,
                false,
                false,
                user,
                extras);
        dialect.writeRequest(request, new UpstreamCall(model, "bedrock", Set.of(), 4096, 0, betas, lost::add), out);
        return out.toString();
    }
}
