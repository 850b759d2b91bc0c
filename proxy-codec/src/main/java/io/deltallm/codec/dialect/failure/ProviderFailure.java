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
        ErrorCode code = code(status, words);
        long wait = Math.max(fields.retryAfterSeconds(), text.waitSeconds());
        boolean inWords = wait == 0 && code == ErrorCode.PROVIDER_RATE_LIMITED;
        return GatewayError.of(code, message).retryAfter(inWords ? WaitText.seconds(message) : wait);
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
        ErrorCode known = FailureWords.kind(status, words);
        if (known != null && status != 424) {
            return known;
        }
        return switch (status) {
            case 400, 422 -> contains(words, "content policy", "content filters", "safety")
                    ? ErrorCode.CONTENT_FILTERED
                    : ErrorCode.PROVIDER_REJECTED;
            case 403 -> contains(words, "unrecognizedclient", "expiredtoken", "invalidsignature")
                    ? ErrorCode.PROVIDER_UNAUTHORIZED
                    : ErrorCode.PROVIDER_FORBIDDEN;
            // A model's error at AWS; a bad key at Cohere.
            case 424 -> known == ErrorCode.CONTEXT_LENGTH_EXCEEDED ? known : ErrorCode.PROVIDER_FAILED;
            case 498 -> ErrorCode.PROVIDER_UNAUTHORIZED;
            case 503, 529 -> contains(words, "throttled")
                    ? ErrorCode.PROVIDER_RATE_LIMITED
                    : ErrorCode.PROVIDER_OVERLOADED;
            default -> StatusKind.of(status);
        };
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
