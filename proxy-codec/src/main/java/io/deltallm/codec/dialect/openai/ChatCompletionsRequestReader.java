package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.ResponseFormat;
import io.deltallm.codec.chat.Tool;
import io.deltallm.codec.chat.ToolChoice;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a chat completion's request. One a request.
final class ChatCompletionsRequestReader {
    private final SamplingFields sampling = new SamplingFields();
    private final ReasoningFields reasoning = new ReasoningFields();
    private final List<Tool> tools = new ArrayList<>();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();

    private String model = "";
    private @Nullable List<Message> messages;
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallelToolCalls;
    private @Nullable ResponseFormat format;
    private boolean stream;
    private boolean includeUsage;
    private @Nullable String user;

    ChatRequest read(JsonCursor body) {
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (!sampling.take(name, body) && !reasoning.take(name, body)) {
                member(name, body);
            }
        }
        if (model.isBlank()) {
            throw Refused.request("model is missing (expected: the name of a model)", "model");
        }
        if (messages == null) {
            throw Refused.request("messages is missing (expected: an array of messages)", "messages");
        }
        return request(messages);
    }

    private void member(String name, JsonCursor body) {
        switch (name) {
            case "model" -> model = body.string();
            case "messages" -> messages = new HistoryReader().read(body);
            case "tools" -> ToolsReader.tools(body, tools);
            case "functions" -> ToolsReader.functions(body, tools);
            case "tool_choice", "function_call" -> toolChoice = ToolChoiceReader.read(body);
            case "parallel_tool_calls" -> parallelToolCalls = body.booleanOrNull();
            case "response_format" -> format = FormatReader.read(body);
            case "stream" -> stream = Boolean.TRUE.equals(body.booleanOrNull());
            case "stream_options" -> includeUsage = StreamOptions.includeUsage(body);
            case "user" -> user = body.stringOrNull();
            default -> {
                if (!body.isNull()) {
                    extras.put(name, body.raw());
                }
            }
        }
    }

    private ChatRequest request(List<Message> history) {
        return new ChatRequest(
                Operation.CHAT_COMPLETIONS.label(),
                model,
                history,
                tools,
                toolChoice,
                parallelToolCalls,
                sampling.sampling(),
                format,
                reasoning.reasoning(),
                stream,
                includeUsage,
                user,
                extras);
    }
}
