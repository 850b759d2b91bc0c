package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A chat to be written to a provider, and what its writer tells as lost.
public final class AChat {
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();
    private final List<String> lost = new ArrayList<>();
    private Sampling sampling = Sampling.NONE;
    private @Nullable ToolChoice choice;
    private @Nullable Boolean parallel;
    private @Nullable ResponseFormat format;
    private @Nullable Reasoning reasoning;
    private @Nullable String user;
    private boolean stream;
    private String model = "m";

    public static AChat aChat() {
        return new AChat();
    }

    public AChat says(Role role, String text) {
        messages.add(Message.text(role, text));
        return this;
    }

    public AChat turn(Role role, Part... parts) {
        messages.add(Message.of(role, List.of(parts)));
        return this;
    }

    public AChat tool(String name, String parameters) {
        tools.add(new Tool.Function(name, "Does " + name, RawJson.ofLiteral(parameters), null, null));
        return this;
    }

    public AChat choosing(ToolChoice wanted) {
        choice = wanted;
        return this;
    }

    public AChat oneToolAtATime() {
        parallel = false;
        return this;
    }

    public AChat sampling(Sampling wanted) {
        sampling = wanted;
        return this;
    }

    public AChat formatted(ResponseFormat wanted) {
        format = wanted;
        return this;
    }

    public AChat thinking(@Nullable String effort, @Nullable Long budget) {
        reasoning = new Reasoning(effort, budget, null);
        return this;
    }

    public AChat of(String endUser) {
        user = endUser;
        return this;
    }

    public AChat with(String field, String json) {
        extras.put(field, RawJson.ofLiteral(json));
        return this;
    }

    public AChat streamed() {
        stream = true;
        return this;
    }

    public AChat to(String upstreamModel) {
        model = upstreamModel;
        return this;
    }

    /// The body that a dialect writes, for the model `m` unless another was named.
    public String writtenBy(UpstreamDialect dialect) {
        ChatRequest request = new ChatRequest(
                Operation.CHAT_COMPLETIONS.label(),
                "alias",
                messages,
                tools,
                choice,
                parallel,
                sampling,
                format,
                reasoning,
                stream,
                false,
                user,
                extras);
        JsonOutput out = new JsonOutput();
        dialect.writeRequest(request, new UpstreamCall(model, "p", Set.of(), 512, lost::add), out);
        return out.toString();
    }

    public List<String> lost() {
        return lost;
    }

    /// All that OpenAI's chat can say of sampling.
    public static Sampling everySampling() {
        return new Sampling(
                100L, 0.5, 0.9, 40L, 0.1, 0.2, 7L, 2L, List.of("END"), true, 3L, RawJson.ofLiteral("{\"50256\":-100}"));
    }

    public static Part.ToolCall call(String id, String name, String arguments) {
        return new Part.ToolCall(id, name, RawJson.ofLiteral(arguments), null, null);
    }

    public static Part.ToolResult result(String id, String text) {
        return new Part.ToolResult(id, null, List.of(Part.Text.of(text)), false, null);
    }
}
