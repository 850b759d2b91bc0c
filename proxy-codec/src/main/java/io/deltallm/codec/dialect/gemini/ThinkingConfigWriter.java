package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// Writes how much a model shall think: by tokens up to Gemini 2.5, by level from Gemini 3 on
/// (https://ai.google.dev/gemini-api/docs/thinking). Confined to one request.
final class ThinkingConfigWriter {
    private static final long AS_IT_LIKES = -1;

    private final GeminiModel model;
    private final LostFields lost;
    private final JsonOutput config;

    ThinkingConfigWriter(GeminiModel model, LostFields lost, JsonOutput config) {
        this.model = model;
        this.lost = lost;
        this.config = config;
    }

    void write(@Nullable Reasoning reasoning) {
        if (reasoning == null) {
            return;
        }
        if (!model.thinksByLevel() && !model.thinksByBudget()) {
            lost.tellIf(reasoning.enabled(), "reasoning_effort");
            return;
        }
        boolean shown = reasoning.enabled() && !"none".equals(reasoning.summary());
        String level = model.thinksByLevel() ? level(reasoning) : null;
        Long budget = model.thinksByBudget() ? budget(reasoning) : null;
        if (!shown && level == null && budget == null) {
            return;
        }
        config.name("thinkingConfig").beginObject();
        if (shown) {
            config.member("includeThoughts", true);
        }
        config.optional("thinkingLevel", level).optional("thinkingBudget", budget).endObject();
    }

    private @Nullable String level(Reasoning reasoning) {
        Long budget = reasoning.budgetTokens();
        String effort = reasoning.effort();
        if (effort == null && budget != null && budget < 0) {
            return null; // as it likes is what it does unasked
        }
        effort = reasoning.effortOrFromBudget();
        if (effort == null) {
            return null;
        }
        return switch (effort) {
            case "none", "minimal" -> model.pro() ? "LOW" : "MINIMAL";
            case "low" -> "LOW";
            case "medium" -> model.generation() == 30 && model.pro() ? "HIGH" : "MEDIUM";
            case "high", "xhigh", "max" -> "HIGH";
            default -> null;
        };
    }

    private @Nullable Long budget(Reasoning reasoning) {
        Long budget = reasoning.budgetOrFromEffort();
        if (budget == null || budget == AS_IT_LIKES) {
            return budget;
        }
        if (model.pro()) {
            return Math.clamp(budget, 128L, 32768L);
        }
        if (budget <= 0) {
            return 0L;
        }
        return Math.clamp(budget, model.lite() ? 512L : 1L, 24576L);
    }
}
