package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Reasoning;
import io.deltallm.codec.dialect.OpenAiModel;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.provider.Quirk;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the writer of a request has to know of the host it writes for. Confined to one request.
final class Target {
    private static final Set<String> TAKE_CACHE_MARKS =
            Set.of("openrouter", "vercel_ai_gateway", "databricks", "litellm_proxy");
    private static final Set<String> TAKE_REASONING_OBJECT = Set.of("openrouter", "vercel_ai_gateway");
    private static final Set<String> TAKE_THINKING_SWITCH = Set.of("deepseek", "zai", "moonshot");
    private static final Set<String> CALL_IT_REASONING = Set.of("groq", "cerebras", "gpustack", "ollama", "together_ai");

    /// Whose models a gateway hands on to, by a word in their names: the format that their own tools are told in.
    private static final Map<String, Operation> HANDED_ON_TO =
            Map.of("claude", Operation.MESSAGES, "gemini", Operation.GENERATE_CONTENT);

    private final UpstreamCall call;
    private final @Nullable Operation handsOnTo;
    private final Set<String> told = new HashSet<>();

    Target(UpstreamCall call) {
        this.call = call;
        this.handsOnTo = call.provider().equals("litellm_proxy") ? behind(call.model()) : null;
    }

    private static @Nullable Operation behind(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Operation> family : HANDED_ON_TO.entrySet()) {
            if (name.contains(family.getKey())) {
                return family.getValue();
            }
        }
        return null;
    }

    String model() {
        return call.model();
    }

    boolean has(Quirk quirk) {
        return call.has(quirk);
    }

    /// Tells a loss, once a field.
    void lost(String field) {
        if (told.add(field)) {
            call.lost(field);
        }
    }

    /// OpenAI's own service, at home or at Azure.
    boolean openAi() {
        return call.provider().equals("openai") || call.provider().equals("azure");
    }

    /// Mistral's service: it takes an assistant's turn as the last one only as a `prefix` of the answer, and of efforts
    /// only `none` and `high`.
    boolean mistral() {
        return call.provider().equals("mistral") || call.provider().equals("codestral");
    }

    boolean takesNames() {
        return !has(Quirk.NO_NAMES) && !has(Quirk.STRICT_FIELDS);
    }

    /// Whether fields that OpenAI has not are refused.
    boolean strict() {
        return has(Quirk.STRICT_FIELDS) || openAi();
    }

    /// Whether it is a gateway that hands on to Claude or Gemini, and hence takes what OpenAI has no words for in theirs:
    /// budgets and proofs of thoughts, media in results of tools, their own tools and fields.
    boolean handsOn() {
        return handsOnTo != null;
    }

    /// Whether it takes what only one format has, tools and fields.
    ///
    /// @param dialect that format
    boolean takesOwnOf(String dialect) {
        return dialect.equals(Operation.CHAT_COMPLETIONS.label())
                || (handsOnTo != null && dialect.equals(handsOnTo.label()));
    }

    /// Whether it can be asked for pictures in an answer, by `modalities`.
    boolean makesPictures() {
        return handsOn() || takesReasoningObject();
    }

    boolean takesCacheMarks() {
        return TAKE_CACHE_MARKS.contains(call.provider());
    }

    /// Whether it takes `reasoning: {effort, max_tokens, exclude}`.
    boolean takesReasoningObject() {
        return TAKE_REASONING_OBJECT.contains(call.provider());
    }

    /// Whether thinking is switched by `thinking: {type}`.
    boolean takesThinkingSwitch() {
        return TAKE_THINKING_SWITCH.contains(call.provider());
    }

    /// Whether it refuses calls of earlier turns that come without thoughts, be they empty (DeepSeek since V3.2).
    boolean wantsThoughtsWithCalls() {
        return has(Quirk.REPLAYS_REASONING) || call.provider().equals("deepseek");
    }

    /// Whether it takes an effort beside that switch.
    boolean takesEffortWithSwitch() {
        return call.provider().equals("zai");
    }

    /// How it takes back the thoughts of earlier turns.
    ThoughtForm thoughts() {
        if (has(Quirk.CONTENT_LISTS)) {
            boolean databricks = call.provider().equals("databricks");
            return databricks ? ThoughtForm.REASONING_LIST : ThoughtForm.CONTENT_LIST;
        }
        if (strict()) {
            return ThoughtForm.NONE;
        }
        if (handsOn()) {
            return ThoughtForm.BLOCKS;
        }
        if (has(Quirk.REASONING_DETAILS) || takesReasoningObject()) {
            return ThoughtForm.DETAILS;
        }
        return CALL_IT_REASONING.contains(call.provider()) ? ThoughtForm.REASONING : ThoughtForm.REASONING_CONTENT;
    }

    /// Whether the model is one of OpenAI's that always think: they refuse what others know, and the other way round.
    boolean reasoningModel() {
        return OpenAiModel.canThink(model());
    }

    /// Whether the model thinks in this request and hence refuses to be told how to pick tokens.
    boolean thinks(@Nullable Reasoning wanted) {
        return openAi() && OpenAiModel.thinks(model(), wanted);
    }

    /// The fields in which hosts take thoughts back.
    enum ThoughtForm {
        NONE,
        /// `reasoning_content`.
        REASONING_CONTENT,
        /// `reasoning`.
        REASONING,
        /// `reasoning_details`, with proofs.
        DETAILS,
        /// `thinking_blocks`, as gateways have them, with proofs.
        BLOCKS,
        /// Parts of the content, as Mistral has them.
        CONTENT_LIST,
        /// Parts of the content, as Databricks has them, with proofs.
        REASONING_LIST
    }
}
