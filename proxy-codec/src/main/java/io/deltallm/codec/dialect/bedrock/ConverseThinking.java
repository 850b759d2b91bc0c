package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.bedrock.BedrockModel.Family;
import io.deltallm.codec.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/// How much a model shall think, in its family's own words.
///
/// @param mode which words
/// @param effort for those that know efforts
/// @param budget for those that know budgets of tokens
/// @param refusesTemperature whether `temperature` must not be sent
record ConverseThinking(Mode mode, String effort, long budget, boolean refusesTemperature) {
    private static final long MIN_BUDGET = 1024;

    enum Mode {
        NONE,
        /// Claude 3.7 to 4.6.
        BUDGET,
        /// Claude since.
        ADAPTIVE,
        GPT_OSS,
        NOVA_2
    }

    static ConverseThinking of(ChatRequest request, BedrockModel model, UpstreamCall call) {
        Reasoning reasoning = request.reasoning();
        String effort = reasoning == null ? null : reasoning.effortOrFromBudget();
        ConverseThinking none = new ConverseThinking(Mode.NONE, "", 0, model.thinksByItself());
        if (reasoning == null || effort == null || !reasoning.enabled()) {
            return none;
        }
        if (model.thinksByItself()) {
            return new ConverseThinking(Mode.ADAPTIVE, effort.equals("minimal") ? "low" : effort, 0, true);
        }
        if (model.thinksByBudget()) {
            Long budget = reasoning.budgetTokens() != null && reasoning.budgetTokens() < 0
                    ? Long.valueOf(8192)
                    : reasoning.budgetOrFromEffort();
            return byBudget(request, budget, call, none);
        }
        if (model.family() == Family.GPT_OSS) {
            return new ConverseThinking(Mode.GPT_OSS, threeSteps(effort), 0, false);
        }
        if (model.family() == Family.NOVA_2) {
            return new ConverseThinking(Mode.NOVA_2, novaEffort(effort, request.sampling()), 0, false);
        }
        call.lost("reasoning_effort");
        return none;
    }

    private static ConverseThinking byBudget(
            ChatRequest request, @Nullable Long wanted, UpstreamCall call, ConverseThinking none) {
        Long maxTokens = request.sampling().maxTokens();
        boolean roomless = maxTokens != null && maxTokens <= MIN_BUDGET;
        if (wanted == null || roomless || lacksThoughtsOfItsCall(request)) {
            call.lost("reasoning_effort");
            return none;
        }
        long budget = Math.max(MIN_BUDGET, wanted);
        // Where the client sets no limit, Bedrock's is the most that the model can write.
        return new ConverseThinking(
                Mode.BUDGET, "", maxTokens == null ? budget : Math.min(budget, maxTokens - 1), true);
    }

    /// With thinking on, Claude wants the thoughts before a tool call back along with the tool's result. A client that did
    /// not keep them gets its answer without new thoughts rather than an error.
    private static boolean lacksThoughtsOfItsCall(ChatRequest request) {
        boolean answersTool = false;
        for (Message message : request.messages().reversed()) {
            if (message.role() == Role.ASSISTANT) {
                return answersTool && message.parts().stream().noneMatch(ConverseThinking::isProvenThought);
            }
            answersTool |= message.role() == Role.TOOL;
        }
        return false;
    }

    private static boolean isProvenThought(Part part) {
        return part instanceof Part.RedactedThinking
                || (part instanceof Part.Thinking thinking && thinking.signature() != null);
    }

    private static String threeSteps(String effort) {
        return switch (effort) {
            case "minimal", "low" -> "low";
            case "medium" -> "medium";
            default -> "high";
        };
    }

    /// Nova takes `high` only without limits on its sampling.
    private static String novaEffort(String effort, Sampling sampling) {
        String step = threeSteps(effort);
        boolean limited = sampling.maxTokens() != null || sampling.temperature() != null || sampling.topP() != null;
        return step.equals("high") && limited ? "medium" : step;
    }

    /// Whether a tool must not be forced, and sampling is restricted.
    boolean isByBudget() {
        return mode == Mode.BUDGET;
    }

    /// Members of `additionalModelRequestFields`.
    void write(JsonOutput out) {
        switch (mode) {
            case NONE -> {}
            case BUDGET -> {
                out.name("thinking").beginObject().member("type", "enabled");
                out.member("budget_tokens", budget).endObject();
            }
            case ADAPTIVE -> {
                out.name("thinking").beginObject().member("type", "adaptive").endObject();
                out.name("output_config").beginObject().member("effort", effort).endObject();
            }
            case GPT_OSS -> out.member("reasoning_effort", effort);
            case NOVA_2 -> {
                out.name("reasoningConfig").beginObject().member("type", "enabled");
                out.member("maxReasoningEffort", effort).endObject();
            }
        }
    }
}
