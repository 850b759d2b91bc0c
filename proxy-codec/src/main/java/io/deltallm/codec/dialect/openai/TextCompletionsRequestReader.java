package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a legacy completion's request. What only a text model can do is refused: to continue a text that the answer
/// repeats (`echo`), to fill a gap (`suffix`), to choose the best of several (`best_of`). One a request.
final class TextCompletionsRequestReader {
    private final SamplingFields sampling = new SamplingFields();
    private final Map<String, RawJson> extras = new LinkedHashMap<>();

    private String model = "";
    private @Nullable String prompt;
    private boolean stream;
    private boolean includeUsage;
    private @Nullable String user;

    ChatRequest read(JsonCursor body) {
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            // A number here, and of another form in the reply.
            boolean taken = !name.equals("logprobs") && sampling.take(name, body);
            if (!taken) {
                member(name, body);
            }
        }
        if (model.isBlank()) {
            throw Refused.request("model is missing (expected: the name of a model)", "model");
        }
        if (prompt == null) {
            throw Refused.request("prompt is missing (expected: a text)", "prompt");
        }
        return request(prompt);
    }

    private void member(String name, JsonCursor body) {
        switch (name) {
            case "model" -> model = body.string();
            case "prompt" -> prompt = prompt(body);
            case "stream" -> stream = Boolean.TRUE.equals(body.booleanOrNull());
            case "stream_options" -> includeUsage = StreamOptions.includeUsage(body);
            case "user" -> user = body.stringOrNull();
            case "echo" -> refuseIf(Boolean.TRUE.equals(body.booleanOrNull()), name);
            case "suffix" -> refuseIf(!body.isNull() && !body.string().isEmpty(), name);
            case "best_of" -> refuseIf(!body.isNull() && body.longValue() > 1, name);
            default -> {
                if (!body.isNull()) {
                    extras.put(name, body.raw());
                }
            }
        }
    }

    private static void refuseIf(boolean asked, String name) {
        if (asked) {
            throw Refused.request(name + " is not supported for this model, which is a chat model", name);
        }
    }

    private static @Nullable String prompt(JsonCursor body) {
        return switch (body.kind()) {
            case NULL -> null;
            case STRING -> body.string();
            case ARRAY -> only(body);
            default -> throw body.problem("is " + body.kind().described() + " (expected: a text)");
        };
    }

    private static @Nullable String only(JsonCursor body) {
        String text = null;
        body.array();
        while (body.element()) {
            if (body.kind() != JsonKind.STRING) {
                throw Refused.request("prompt is an array of tokens (expected: a text, as this is a chat model)", "prompt");
            }
            if (text != null) {
                throw Refused.request("prompt has several texts (expected: one, as this is a chat model)", "prompt");
            }
            text = body.string();
        }
        return text;
    }

    private ChatRequest request(String text) {
        return new ChatRequest(
                Operation.COMPLETIONS.label(),
                model,
                List.of(Message.text(Role.USER, text)),
                List.of(),
                null,
                null,
                sampling.sampling(),
                null,
                null,
                stream,
                includeUsage,
                user,
                extras);
    }
}
