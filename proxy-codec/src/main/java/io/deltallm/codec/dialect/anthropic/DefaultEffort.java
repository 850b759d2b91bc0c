package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `reasoning_effort` of a model's configuration, for a client of Anthropic's that speaks neither of thinking nor of effort:
/// told to the model in the words of its generation, as the hub would. The client's own request is not touched, so that it
/// thinks only where nothing in the request forbids it: other sampling than the usual, a tool that must be called, an answer
/// begun by the client, a call answered that was made without thoughts. One a request.
final class DefaultEffort {
    private static final Set<String> SAMPLING = Set.of("temperature", "top_p", "top_k");
    /// Less of `top_p` is refused beside thinking.
    private static final double LEAST_TOP_P = 0.95;

    private final ClaudeModel model;
    /// Null where there is none, and once the client has spoken.
    private @Nullable String effort;
    private boolean fit = true;

    /// @param literal the configured JSON string; null where there is none
    DefaultEffort(@Nullable String literal, UpstreamCall call) {
        RawJson value = literal == null ? null : RawJson.ofLiteral(literal);
        effort = value != null && value.isString() ? value.text() : null;
        model = ClaudeModel.of(call.model());
    }

    /// A member of the client's request.
    void asked(String name, RawJson value) {
        if (name.equals("thinking") || name.equals("output_config")) {
            effort = null;
        } else if (effort != null && !value.isNull()) {
            fit &= fits(name, value);
        }
    }

    private boolean fits(String name, RawJson value) {
        return switch (name) {
            case "temperature" -> number(value) == 1;
            case "top_p" -> number(value) >= LEAST_TOP_P;
            case "top_k" -> false;
            case "tool_choice" -> !forces(value);
            case "messages" -> OpenTurn.of(value).takesThoughts(model);
            default -> true;
        };
    }

    private static double number(RawJson value) {
        JsonCursor cursor = new JsonCursor().over(value);
        return cursor.kind() == JsonKind.NUMBER ? cursor.doubleValue() : Double.NaN;
    }

    private static boolean forces(RawJson choice) {
        RawJson type = choice.isObject() ? Block.child(choice, "type") : null;
        return JsonWord.is(type, "any") || JsonWord.is(type, "tool");
    }

    /// Adds what the request shall say of thinking. What is configured of sampling gives way to it.
    ///
    /// @param members JSON literals by name, to stand beside the client's
    void addTo(Map<String, String> members, long maxTokens) {
        if (effort == null || members.containsKey("thinking")) {
            return;
        }
        ThinkingPlan wanted = ThinkingPlan.ofDefault(effort, model, maxTokens);
        ThinkingPlan plan = fit || !wanted.on() ? wanted : wanted.withoutThinking();
        if (plan.on()) {
            members.keySet().removeAll(SAMPLING);
        }
        if (plan.mode() != ThinkingPlan.Mode.UNSAID) {
            JsonOutput thinking = new JsonOutput();
            plan.writeThinking(thinking);
            members.put("thinking", thinking.toString());
        }
        if (plan.effort() != null) {
            members.put("output_config", new JsonOutput().beginObject().member("effort", plan.effort()).endObject().toString());
        }
    }
}
