package io.deltallm.codec.chat;

import org.jspecify.annotations.Nullable;

/// How much the model shall think before it answers. What is null was not said.
///
/// @param effort `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; in lower case
/// @param budgetTokens thinking tokens at most; 0 for none, -1 for as many as the model likes
/// @param summary how thoughts are shown: `auto`, `concise`, `detailed`, or `none` to hide them
public record Reasoning(@Nullable String effort, @Nullable Long budgetTokens, @Nullable String summary) {

    /// An effort for formats that know only efforts.
    public @Nullable String effortOrFromBudget() {
        if (effort != null || budgetTokens == null) {
            return effort;
        }
        long budget = budgetTokens;
        if (budget < 0) {
            return "medium";
        }
        if (budget == 0) {
            return "none";
        }
        return budget <= 2048 ? "low" : budget <= 8192 ? "medium" : "high";
    }

    /// A budget for formats that know only budgets; null where neither was said.
    public @Nullable Long budgetOrFromEffort() {
        if (budgetTokens != null || effort == null) {
            return budgetTokens;
        }
        return switch (effort) {
            case "none" -> 0L;
            case "minimal" -> 1024L;
            case "low" -> 2048L;
            case "medium" -> 8192L;
            case "high" -> 16384L;
            case "xhigh", "max" -> 32768L;
            default -> null;
        };
    }

    /// Whether thinking is asked for at all.
    public boolean enabled() {
        return !"none".equals(effort) && (budgetTokens == null || budgetTokens != 0);
    }
}
