package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a request of Anthropic's Messages API, or one that only counts its tokens. One a request.
final class MessagesRequestReader {
    private final boolean counting;
    private final ConversationReader conversation = new ConversationReader();
    private final ToolsReader tools = new ToolsReader();
    private final ThinkingReader thinking = new ThinkingReader();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();

    private @Nullable String model;
    private @Nullable Long maxTokens;
    private @Nullable Double temperature;
    private @Nullable Double topP;
    private @Nullable Long topK;
    private @Nullable String user;
    private List<String> stop = List.of();
    private boolean stream;

    MessagesRequestReader(boolean counting) {
        this.counting = counting;
    }

    ChatRequest read(JsonCursor body, PathCall path) {
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            if (!body.skipNull()) {
                field(name, body);
            }
        }
        if (!path.model().isEmpty()) {
            model = path.model();
        }
        return request(path);
    }

    private void field(String name, JsonCursor body) {
        switch (name) {
            case "model" -> model = body.string();
            case "messages" -> conversation.messages(body);
            case "system" -> conversation.system(body);
            case "max_tokens" -> maxTokens = atLeastOne(name, body.longValue());
            case "temperature" -> temperature = portion(name, body.doubleValue());
            case "top_p" -> topP = portion(name, body.doubleValue());
            case "top_k" -> topK = body.longValue();
            case "stop_sequences" -> stop = texts(body);
            case "stream" -> stream = body.booleanValue();
            case "metadata" -> user = userId(body);
            case "tools" -> tools.tools(body);
            case "tool_choice" -> tools.choice(body);
            case "thinking" -> thinking.thinking(body);
            case "output_config" -> thinking.outputConfig(body);
            case "output_format" -> thinking.format(body);
            default -> extras.put(name, body.raw());
        }
    }

    private ChatRequest request(PathCall path) {
        if (model == null || model.isEmpty()) {
            throw required("model");
        }
        if (maxTokens == null && !counting) {
            throw required("max_tokens");
        }
        List<Message> messages = conversation.all();
        thinking.addTo(extras);
        return new ChatRequest(
                Operation.MESSAGES.label(),
                model,
                messages,
                tools.tools(),
                tools.choice(),
                tools.parallel(),
                new Sampling(maxTokens, temperature, topP, topK, null, null, null, null, stop, null, null, null),
                thinking.responseFormat(),
                thinking.reasoning(),
                stream || path.stream(),
                true,
                user,
                extras);
    }

    /// As Anthropic says it.
    static Refused required(String field) {
        return Refused.request(field + ": Field required", field);
    }

    private static long atLeastOne(String name, long value) {
        if (value < 1) {
            throw Refused.request(name + ": Input should be greater than or equal to 1, not " + value, name);
        }
        return value;
    }

    private static double portion(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw Refused.request(name + ": Input should be between 0 and 1, not " + value, name);
        }
        return value;
    }

    private static List<String> texts(JsonCursor cursor) {
        List<String> texts = new ArrayList<>();
        cursor.array();
        while (cursor.element()) {
            texts.add(cursor.string());
        }
        return texts;
    }

    private static @Nullable String userId(JsonCursor metadata) {
        String id = null;
        metadata.object();
        for (String name = metadata.name(); name != null; name = metadata.name()) {
            if (name.equals("user_id")) {
                id = metadata.stringOrNull();
            }
        }
        return id;
    }
}
