package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.dialect.Losses;
import io.deltallm.codec.json.JsonOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a model is asked to think, which each generation wants in its own way. Immutable.
///
/// @param budget thinking tokens at most, of [Mode#BUDGET]
/// @param effort for `output_config`; null where unsaid
/// @param display how thoughts are shown; null where unsaid
record ThinkingPlan(Mode mode, long budget, @Nullable String effort, @Nullable String display) {
    private static final long LEAST_BUDGET = 1024;
    private static final long USUAL_BUDGET = 8192;
    private static final ThinkingPlan UNSAID = new ThinkingPlan(Mode.UNSAID, 0, null, null);

    enum Mode {
        /// The model's default.
        UNSAID,
        OFF,
        /// As much as the model finds fit.
        ADAPTIVE,
        BUDGET
    }

    boolean on() {
        return mode == Mode.ADAPTIVE || mode == Mode.BUDGET;
    }

    /// @param maxTokens what the request allows in all
    static ThinkingPlan of(ChatRequest request, ClaudeModel model, long maxTokens, Losses losses) {
        boolean messages = request.dialect().equals(Operation.MESSAGES.label());
        return of(request.reasoning(), messages, request.messages(), model, maxTokens, losses);
    }

    /// For one of Anthropic's clients that says nothing of it. The conversation is known to be fit for thinking.
    static ThinkingPlan ofDefault(String effort, ClaudeModel model, long maxTokens) {
        Reasoning words = new Reasoning(effort, null, null);
        Long budget = model.adapts() ? Long.valueOf(-1) : words.budgetOrFromEffort();
        return of(new Reasoning(effort, budget, null), true, List.of(), model, maxTokens, _ -> {});
    }

    private static ThinkingPlan of(
            @Nullable Reasoning asked,
            boolean messages,
            List<Message> conversation,
            ClaudeModel model,
            long maxTokens,
            Losses losses) {
        if (asked == null) {
            return UNSAID;
        }
        String effort = asked.effort() != null && model.takesEffort() ? model.effort(asked.effort()) : null;
        if (!asked.enabled()) {
            return off(asked, model);
        }
        if (!model.thinks()) {
            losses.lost("reasoning_effort");
            return UNSAID;
        }
        if (messages && asked.budgetTokens() == null) {
            // Anthropic's own clients say apart how hard to work and whether to think.
            return new ThinkingPlan(Mode.UNSAID, 0, effort, null);
        }
        if (adaptive(asked, model)) {
            String level = effort != null || !model.takesEffort() ? effort : fromBudget(asked, model);
            return new ThinkingPlan(Mode.ADAPTIVE, 0, level, display(asked, model, messages));
        }
        return budget(conversation, asked, effort, maxTokens, losses);
    }

    private static ThinkingPlan off(Reasoning asked, ClaudeModel model) {
        String effort = asked.effort();
        String level = effort == null || effort.equals("none") || !model.takesEffort() ? null : model.effort(effort);
        if (model.alwaysThinks()) {
            return new ThinkingPlan(Mode.UNSAID, 0, level == null ? "low" : level, null);
        }
        return model.thinks() ? new ThinkingPlan(Mode.OFF, 0, level, null) : UNSAID;
    }

    private static boolean adaptive(Reasoning asked, ClaudeModel model) {
        Long budget = asked.budgetTokens();
        if (model.adaptsOnly()) {
            return true;
        }
        return model.adapts() ? budget == null || budget < 0 : !model.known() && budget != null && budget < 0;
    }

    private static @Nullable String fromBudget(Reasoning asked, ClaudeModel model) {
        Long budget = asked.budgetTokens();
        String effort = budget == null || budget < 0 ? null : asked.effortOrFromBudget();
        return effort == null ? null : model.effort(effort);
    }

    /// The newest models hide their thoughts unless told otherwise, which clients of other formats do not expect.
    private static @Nullable String display(Reasoning asked, ClaudeModel model, boolean messages) {
        String summary = asked.summary();
        if (summary == null) {
            return messages || !model.adaptsOnly() ? null : "summarized";
        }
        return summary.equals("none") ? "omitted" : "summarized";
    }

    private static ThinkingPlan budget(
            List<Message> conversation, Reasoning asked, @Nullable String effort, long maxTokens, Losses losses) {
        Long budget = asked.budgetOrFromEffort();
        // Anthropic refuses to think on where the turn before, which called the tools, shows no signed thoughts.
        if (budget == null || maxTokens <= LEAST_BUDGET || lacksThoughts(conversation)) {
            losses.lost("reasoning_effort");
            return UNSAID;
        }
        long wanted = budget < 0 ? USUAL_BUDGET : Math.max(LEAST_BUDGET, budget);
        long most = Math.max(LEAST_BUDGET, maxTokens - LEAST_BUDGET);
        long granted = wanted < maxTokens ? wanted : most;
        return new ThinkingPlan(Mode.BUDGET, granted, effort, null);
    }

    private static boolean lacksThoughts(List<Message> messages) {
        if (messages.isEmpty() || messages.getLast().role() != Role.TOOL) {
            return false;
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            Message message = messages.get(i);
            if (message.role() == Role.ASSISTANT) {
                return message.parts().stream().noneMatch(ThinkingPlan::isProvenThought);
            }
        }
        return true;
    }

    private static boolean isProvenThought(Part part) {
        return part instanceof Part.RedactedThinking
                || (part instanceof Part.Thinking thinking && thinking.signature() != null);
    }

    /// The same effort, but for thoughts.
    ThinkingPlan withoutThinking() {
        return new ThinkingPlan(Mode.UNSAID, 0, effort, null);
    }

    void write(JsonOutput out) {
        if (mode != Mode.UNSAID) {
            out.name("thinking");
            writeThinking(out);
        }
    }

    /// The value of `thinking`, where there is one.
    void writeThinking(JsonOutput out) {
        out.beginObject();
        switch (mode) {
            case OFF -> out.member("type", "disabled");
            case ADAPTIVE -> out.member("type", "adaptive").optional("display", display);
            case BUDGET -> out.member("type", "enabled").member("budget_tokens", budget);
            case UNSAID -> {}
        }
        out.endObject();
    }
}
