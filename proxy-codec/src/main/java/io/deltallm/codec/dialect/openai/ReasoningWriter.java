package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.provider.Quirk;
import org.jspecify.annotations.Nullable;

/// Writes how much to think, in the host's words. Confined to one request.
final class ReasoningWriter {
    private final Target target;

    ReasoningWriter(Target target) {
        this.target = target;
    }

    /// @param tools whether any are defined
    void write(@Nullable Reasoning reasoning, boolean tools, JsonOutput out) {
        if (tools && target.has(Quirk.TOOLS_BY_RESPONSES)) {
            none(reasoning, out);
            return;
        }
        if (reasoning == null) {
            return;
        }
        if (target.handsOn()) {
            handedOn(reasoning, out);
        } else if (target.takesReasoningObject()) {
            object(reasoning, out);
        } else if (target.takesThinkingSwitch()) {
            String type = reasoning.enabled() ? "enabled" : "disabled";
            out.name("thinking").beginObject().member("type", type).endObject();
            if (target.takesEffortWithSwitch() && reasoning.enabled()) {
                effort(reasoning.effort(), out);
            }
        } else {
            effort(reasoning.effortOrFromBudget(), out);
        }
    }

    /// Better without thoughts than not at all.
    private void none(@Nullable Reasoning reasoning, JsonOutput out) {
        String effort = reasoning == null ? null : reasoning.effortOrFromBudget();
        if (effort != null && !effort.equals("none")) {
            target.lost("reasoning_effort");
        }
        out.member("reasoning_effort", "none");
    }

    /// An effort by OpenAI's name, a budget by Anthropic's.
    private static void handedOn(Reasoning reasoning, JsonOutput out) {
        out.optional("reasoning_effort", reasoning.effort());
        Long budget = reasoning.budgetTokens();
        if (budget == null) {
            return;
        }
        out.name("thinking").beginObject();
        if (budget < 0) {
            String shown = "none".equals(reasoning.summary()) ? "omitted" : "summarized";
            out.member("type", "adaptive").optional("display", reasoning.summary() == null ? null : shown);
        } else if (budget == 0) {
            out.member("type", "disabled");
        } else {
            out.member("type", "enabled").member("budget_tokens", budget.longValue());
        }
        out.endObject();
    }

    private static void object(Reasoning reasoning, JsonOutput out) {
        out.name("reasoning").beginObject();
        Long budget = reasoning.budgetTokens();
        if (reasoning.effort() != null) {
            out.member("effort", reasoning.effort());
        } else if (budget != null && budget > 0) {
            out.member("max_tokens", budget.longValue());
        } else if (budget != null) {
            out.member("enabled", budget < 0);
        } else if (!"none".equals(reasoning.summary())) {
            // Thoughts shall be shown, however many.
            out.member("enabled", true);
        }
        if ("none".equals(reasoning.summary())) {
            out.member("exclude", true);
        }
        out.endObject();
    }

    private void effort(@Nullable String effort, JsonOutput out) {
        if (effort == null) {
            return;
        }
        if (target.openAi() && !target.reasoningModel()) {
            // Models that do not think refuse the field; to them "none" is what they do anyway.
            if (!effort.equals("none")) {
                target.lost("reasoning_effort");
            }
            return;
        }
        out.member("reasoning_effort", word(effort));
    }

    private String word(String effort) {
        if (target.mistral()) {
            return effort.equals("none") ? "none" : "high";
        }
        return target.openAi() ? highest(effort) : common(effort);
    }

    private static String highest(String effort) {
        return effort.equals("max") ? "xhigh" : effort;
    }

    /// The efforts that all hosts know.
    private static String common(String effort) {
        return switch (effort) {
            case "minimal" -> "low";
            case "xhigh", "max" -> "high";
            default -> effort;
        };
    }
}
