package io.deltallm.policy.model;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /utils/token_counter`: `{"model", "prompt"}` or `{"model", "messages", "tools"}` → how many tokens that is; and
/// chats of any format. Takes time in proportion to the text; call it off the event loop. Thread-safe.
public final class TokenCounter {
    private final TokenCounts counts = new TokenCounts();

    public Answer count(Snapshot snapshot, Caller caller, byte[] body) {
        Map<?, ?> request = JsonBody.object(body);
        if (request == null) {
            return Answer.refused("the body is no JSON object (expected: {\"model\": …, \"messages\": […]})", null);
        }
        if (!(request.get("model") instanceof String model)) {
            return Answer.refused("model: " + JsonBody.shown(request.get("model")) + " (expected: a string)", "model");
        }
        ModelGroup group = snapshot.group(model);
        if (group == null || !caller.models().mayUse(model)) {
            return Answer.unknownModel(model);
        }
        Target target = group.targets().getFirst();
        TokenCounts.Way way = counts.way(modelOf(target));
        Count count = count(request, way);
        return count == null
                ? Answer.refused("nothing to count (expected: prompt, a string or a list of strings, or messages, a list)", "messages")
                : answer(model, target, way, count);
    }

    /// How many tokens a chat is to the model of a target, about.
    public long chat(Target target, ChatRequest request) {
        return new ChatTokens(counts.way(modelOf(target)).encoding()).of(request);
    }

    /// @param guessed whether some of it has no text that could be counted
    record Count(long tokens, boolean guessed) {}

    /// The model's own name, where a deployment has another.
    static String modelOf(Target target) {
        String base = target.facts().extras().get("base_model");
        return base == null ? target.upstreamModel() : base.replace("\"", "");
    }

    /// Null where there is neither prompt nor messages.
    static @Nullable Count count(Map<?, ?> request, TokenCounts.Way way) {
        List<?> tools = request.get("tools") instanceof List<?> list ? list : List.of();
        Object prompt = request.get("prompt");
        if (request.get("messages") instanceof List<?> messages) {
            long tokens = TokenCounts.chat(way.encoding(), messages) + TokenCounts.tools(way.encoding(), tools);
            return new Count(tokens, !tools.isEmpty() || TokenCounts.guesses(messages));
        }
        if (prompt instanceof String text) {
            return new Count(TokenCounts.text(way.encoding(), text), false);
        }
        if (prompt instanceof List<?> texts && texts.stream().allMatch(String.class::isInstance)) {
            return new Count(
                    texts.stream().mapToLong(text -> TokenCounts.text(way.encoding(), (String) text)).sum(), false);
        }
        return null;
    }

    private static Answer answer(String model, Target target, TokenCounts.Way way, Count count) {
        return new Answer.Given(JsonBody.written(json -> {
            json.writeStartObject();
            json.writeNumberField("total_tokens", count.tokens());
            json.writeStringField("request_model", model);
            json.writeStringField("model_used", target.upstreamModel());
            json.writeStringField("tokenizer_type", "openai_tokenizer");
            json.writeStringField("encoding", way.encoding().getName());
            json.writeBooleanField("estimated", !way.exact() || count.guessed());
            json.writeEndObject();
        }));
    }
}
