package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The request fields that say how much to think: OpenAI's `reasoning_effort`, OpenRouter's `reasoning`, and `thinking` as
/// Anthropic has it. Confined to one request.
final class ReasoningFields {
    private static final long AS_IT_LIKES = -1;

    private @Nullable String effort;
    private @Nullable Long budget;
    private @Nullable String summary;

    /// Reads the field's value, if it is one of these: whether it is.
    boolean take(String name, JsonCursor body) {
        switch (name) {
            case "reasoning_effort" -> effort = word(body);
            case "reasoning" -> reasoning(body);
            case "thinking" -> thinking(body);
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable String word(JsonCursor body) {
        String word = body.stringOrNull();
        return word == null ? effort : word.toLowerCase(Locale.ROOT);
    }

    private void reasoning(JsonCursor body) {
        if (body.skipNull()) {
            return;
        }
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "effort" -> effort = word(body);
                case "max_tokens" -> budget = body.longOrNull();
                case "enabled" -> enabled(Boolean.TRUE.equals(body.booleanOrNull()));
                case "exclude" -> summary = Boolean.TRUE.equals(body.booleanOrNull()) ? "none" : summary;
                case "summary" -> summary = body.stringOrNull();
                default -> {}
            }
        }
    }

    private void enabled(boolean enabled) {
        if (!enabled) {
            effort = "none";
        } else if (effort == null && budget == null) {
            budget = AS_IT_LIKES;
        }
    }

    private void thinking(JsonCursor body) {
        if (body.skipNull()) {
            return;
        }
        String type = "";
        Long tokens = null;
        body.object();
        for (String name = body.name(); name != null; name = body.name()) {
            switch (name) {
                case "type" -> type = body.string();
                case "budget_tokens" -> tokens = body.longOrNull();
                case "display" -> summary = "omitted".equals(body.stringOrNull()) ? "none" : "auto";
                default -> {}
            }
        }
        switch (type) {
            case "enabled", "adaptive" -> {
                if (tokens != null) {
                    budget = tokens;
                } else {
                    enabled(true);
                }
            }
            case "disabled" -> enabled(false);
            default -> throw Refused.request(
                    "thinking.type is \"" + type + "\" (expected: enabled, adaptive or disabled)", "thinking.type");
        }
    }

    @Nullable Reasoning reasoning() {
        if (effort == null && budget == null && summary == null) {
            return null;
        }
        // An effort says more than "as much as you like".
        Long limit = effort != null && budget != null && budget == AS_IT_LIKES ? null : budget;
        return new Reasoning(effort, limit, summary);
    }
}
