package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.dialect.failure.StatusKind;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import java.util.List;
import java.util.Locale;

/// What kind of failure a provider's error is: first by what it says, then by its status. Stateless.
final class ErrorKinds {
    private static final List<String> WRONG_KEY =
            List.of("incorrect api key", "invalid api key", "invalid_api_key", "api_key_invalid");
    private static final List<String> TOO_LONG = List.of(
            "context_length_exceeded", "maximum context length", "exceeded max context length", "too_many_prompt_tokens",
            "prompt is too long", "prompt too long", "exceeds the maximum number of tokens", "context window",
            "input tokens exceeded", "token limit reached", "maximum prompt length", "exceed_context_size");
    private static final List<String> FILTERED = List.of(
            "content_filter", "content_policy_violation", "responsibleaipolicyviolation", "violates usage guidelines",
            "moderation_blocked", "safety_check_type", "was flagged", "unsafe or sensitive content");
    private static final List<String> NO_MODEL = List.of(
            "model_not_found", "model_decommissioned", "deploymentnotfound", "no endpoints found", "model not found",
            "unknown model", "invalid model", "is not a valid model", "no such model", "model_not_supported");
    private static final List<String> NO_MONEY = List.of(
            "insufficient_quota", "exceeded your current quota", "insufficient balance", "insufficient credits",
            "credit balance", "billing_hard_limit", "used all available credits");

    private ErrorKinds() {}

    /// An error that comes as an error reply.
    static GatewayError ofReply(int status, ProviderError error) {
        return error(status, error, "The provider answered with status " + status + ".");
    }

    /// An error within a reply that began as a good one.
    static GatewayError inReply(ProviderError error) {
        return error(error.status() > 0 ? error.status() : byType(error), error, "The provider failed.");
    }

    private static GatewayError error(int status, ProviderError error, String otherwise) {
        String message = error.message().isBlank() ? otherwise : error.message().strip();
        return GatewayError.of(kind(status, error), message, error.param());
    }

    private static int byType(ProviderError error) {
        String type = error.type();
        if (type.contains("rate_limit") || error.code().contains("rate_limit")) {
            return 429;
        }
        if (type.contains("overloaded")) {
            return 503;
        }
        if (type.contains("authentication")) {
            return 401;
        }
        return type.contains("invalid_request") ? 400 : 500;
    }

    private static ErrorCode kind(int status, ProviderError error) {
        String said = (error.code() + ' ' + error.type() + ' ' + error.message()).toLowerCase(Locale.ROOT);
        if (status == 401 || (status < 500 && says(said, WRONG_KEY))) {
            return ErrorCode.PROVIDER_UNAUTHORIZED;
        }
        if (status == 402 || (status < 500 && says(said, NO_MONEY))) {
            return ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
        }
        if (status == 429) {
            return ErrorCode.PROVIDER_RATE_LIMITED;
        }
        if (status < 500 && says(said, TOO_LONG)) {
            return ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        }
        if (status < 500 && says(said, FILTERED)) {
            return ErrorCode.CONTENT_FILTERED;
        }
        if (status == 404 || (status < 500 && says(said, NO_MODEL))) {
            return ErrorCode.PROVIDER_MODEL_NOT_FOUND;
        }
        // Groq has no room for what is served at leisure.
        return status == 498 ? ErrorCode.PROVIDER_OVERLOADED : StatusKind.of(status);
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
