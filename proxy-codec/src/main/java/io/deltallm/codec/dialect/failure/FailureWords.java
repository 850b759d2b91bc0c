package io.deltallm.codec.dialect.failure;

import io.deltallm.codec.error.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words by which a failure is known whoever says them: hosts of one format have the same status for many kinds, and
/// serve the same models with the same complaints behind different formats. Stateless, thread-safe.
public final class FailureWords {
    private static final List<String> WRONG_KEY = List.of(
            "incorrect api key", "invalid api key", "invalid_api_key", "api_key_invalid", "api key not valid");
    private static final List<String> TOO_LONG = List.of(
            "context_length_exceeded", "maximum context length", "exceeded max context length", "too_many_prompt_tokens",
            "prompt is too long", "prompt too long", "exceeds the maximum number of tokens", "context window",
            "input tokens exceeded", "token limit reached", "maximum prompt length", "exceed_context_size",
            "exceeds the available context size", "greater than the context length", "longer than the model's context length",
            "configured context size", "model token limit", "range of input length should be", "prompt exceeds max length",
            "but model only supports up to", "token length too long", "max message tokens", "too_many_tokens",
            "too many tokens", "input is too long", "max_new_tokens` must be <=", "tokens must be less than",
            "exceed context limit", "reduce the length of the messages");
    private static final List<String> FILTERED = List.of(
            "content_filter", "content_policy_violation", "responsibleaipolicyviolation", "violates usage guidelines",
            "moderation_blocked", "safety_check_type", "was flagged", "unsafe or sensitive content", "bio_policy",
            "content_moderation", "content moderation", "data_inspection_failed", "datainspectionfailed",
            "sensitivecontentdetected", "content exists risk", "new_sensitive", "responsible ai practices");
    private static final List<String> NO_MODEL = List.of(
            "model_not_found", "model_decommissioned", "deploymentnotfound", "no endpoints found", "model not found",
            "unknown model", "invalid model", "is not a valid model", "no such model", "model_not_supported",
            "model_not_available", "model not exist", "is not supported. supported models are", "model identifier is invalid");
    private static final List<String> NO_MONEY = List.of(
            "insufficient_quota", "insufficient balance", "insufficient credits", "credit balance", "billing_hard_limit",
            "used all available credits", "billing_not_active", "api usage limits", "calls / month", "perday",
            "spend limit", "out of credit", "credits are depleted", "exceeded_current_quota",
            "arrearage");
    /// Google says it of a minute's limit too, and then when to come back.
    private static final String QUOTA = "exceeded your current quota";
    private static final String COME_BACK = "retry in";

    private FailureWords() {}

    /// What is known by its words; null where the status has to say it.
    ///
    /// @param said code, type and message in lower case
    public static @Nullable ErrorCode kind(int status, String said) {
        if (status >= 500) {
            return null;
        }
        if (says(said, WRONG_KEY)) {
            return ErrorCode.PROVIDER_UNAUTHORIZED;
        }
        if (moneySpent(said)) {
            return ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
        }
        // At Groq a request larger than what is left of the minute is a large one; others may take it.
        boolean rate = status == 429 || (status == 413 && said.contains("rate_limit_exceeded"));
        return rate ? ErrorCode.PROVIDER_RATE_LIMITED : ofTheRequest(said);
    }

    private static @Nullable ErrorCode ofTheRequest(String said) {
        if (tooLong(said)) {
            return ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        }
        if (says(said, FILTERED)) {
            return ErrorCode.CONTENT_FILTERED;
        }
        return says(said, NO_MODEL) ? ErrorCode.PROVIDER_MODEL_NOT_FOUND : null;
    }

    /// Whether the prompt is more than the model takes.
    ///
    /// @param said in lower case
    public static boolean tooLong(String said) {
        return says(said, TOO_LONG);
    }

    /// Whether a limit of money is reached, which no waiting helps.
    ///
    /// @param said in lower case
    public static boolean moneySpent(String said) {
        return says(said, NO_MONEY) || (said.contains(QUOTA) && !said.contains(COME_BACK));
    }

    private static boolean says(String said, List<String> phrases) {
        for (String phrase : phrases) {
            if (said.contains(phrase)) {
                return true;
            }
        }
        return false;
    }
}
