package io.deltallm.codec.dialect.failure;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import java.util.Locale;

/// Tells a provider's error from its status and words, for formats that have no vocabulary of errors of their own.
/// Stateless, thread-safe.
public final class ProviderFailure {

    private ProviderFailure() {}

    /// What an error reply means.
    public static GatewayError read(int status, Fields fields, Frame body) {
        FailureText text = new FailureText(body);
        String type = fields.get("x-amzn-errortype");
        String words = text.words() + (type == null ? "" : " " + type.toLowerCase(Locale.ROOT));
        String said = text.message();
        String message = said.isEmpty() ? "The provider answered with status " + status : said;
        long wait = Math.max(fields.retryAfterSeconds(), text.waitSeconds());
        return GatewayError.of(code(status, words), message).retryAfter(wait);
    }

    /// A failure told inside of a reply that began well.
    ///
    /// @param status what the provider says it is, or 500
    /// @param body its words, JSON or not
    public static ChatEvent.Failed inside(int status, Frame body) {
        FailureText text = new FailureText(body);
        String said = text.message();
        return new ChatEvent.Failed(GatewayError.of(
                code(status, text.words()), said.isEmpty() ? "The provider reports an error" : said));
    }

    /// A stream that ended before its answer did.
    public static ChatEvent.Failed cutShort() {
        return new ChatEvent.Failed(
                GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before its answer was complete"));
    }

    /// A reply that is not what its format has.
    public static Refused malformed(String what) {
        return new Refused(
                GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + what));
    }

    private static ErrorCode code(int status, String words) {
        if (status < 500 && status != 429 && isContextLength(words)) {
            return ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        }
        return switch (status) {
            case 400, 422 -> rejected(words);
            case 403 -> forbidden(words);
            // A model's error at AWS; a bad key at Cohere.
            case 424 -> ErrorCode.PROVIDER_FAILED;
            case 498 -> ErrorCode.PROVIDER_UNAUTHORIZED;
            case 429 -> contains(words, "insufficient_quota", "perday", "spend limit", "out of credit")
                    ? ErrorCode.PROVIDER_QUOTA_EXHAUSTED
                    : ErrorCode.PROVIDER_RATE_LIMITED;
            case 503, 529 -> contains(words, "throttled")
                    ? ErrorCode.PROVIDER_RATE_LIMITED
                    : ErrorCode.PROVIDER_OVERLOADED;
            default -> StatusKind.of(status);
        };
    }

    private static boolean isContextLength(String words) {
        return contains(
                words,
                "too_many_tokens",
                "too many tokens",
                "maximum context length",
                "exceeded max context length",
                "input is too long",
                "input tokens exceeded",
                "prompt is too long",
                "exceeds the maximum number of tokens",
                "max_new_tokens` must be <=",
                "tokens must be less than");
    }

    private static ErrorCode forbidden(String words) {
        if (contains(words, "unrecognizedclient", "expiredtoken", "invalidsignature")) {
            return ErrorCode.PROVIDER_UNAUTHORIZED;
        }
        return contains(words, "content_moderation", "content moderation")
                ? ErrorCode.CONTENT_FILTERED
                : ErrorCode.PROVIDER_FORBIDDEN;
    }

    private static ErrorCode rejected(String words) {
        if (contains(words, "api_key_invalid", "api key not valid", "incorrect api key")) {
            return ErrorCode.PROVIDER_UNAUTHORIZED;
        }
        if (contains(words, "model identifier is invalid", "model_not_found", "model_not_supported")) {
            return ErrorCode.PROVIDER_MODEL_NOT_FOUND;
        }
        return contains(words, "content_filter", "content policy", "content filters", "safety")
                ? ErrorCode.CONTENT_FILTERED
                : ErrorCode.PROVIDER_REJECTED;
    }

    private static boolean contains(String words, String... any) {
        for (String wanted : any) {
            if (words.contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
