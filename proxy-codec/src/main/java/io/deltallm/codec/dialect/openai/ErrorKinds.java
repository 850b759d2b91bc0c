package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.dialect.failure.FailureWords;
import io.deltallm.codec.dialect.failure.StatusKind;
import io.deltallm.codec.dialect.failure.WaitText;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import java.util.Locale;

/// What kind of failure a provider's error is: first by what it says, then by its status. Stateless.
final class ErrorKinds {
    private ErrorKinds() {}

    /// An error that comes as an error reply.
    static GatewayError ofReply(int status, ProviderError error) {
        return error(kind(status, said(error)), error, "The provider answered with status " + status + ".");
    }

    /// An error within a reply that began as a good one. Its words count before its type: it has no status of its own, and
    /// where it states one that may be the host's for all that fails.
    static GatewayError inReply(ProviderError error) {
        String said = said(error);
        ErrorCode known = error.status() > 0 ? null : FailureWords.kind(400, said);
        int status = error.status() > 0 ? error.status() : byType(error);
        return error(known == null ? kind(status, said) : known, error, "The provider failed.");
    }

    private static String said(ProviderError error) {
        return (error.code() + ' ' + error.type() + ' ' + error.message()).toLowerCase(Locale.ROOT);
    }

    private static GatewayError error(ErrorCode kind, ProviderError error, String otherwise) {
        String message = error.message().isBlank() ? otherwise : error.message().strip();
        long wait = kind == ErrorCode.PROVIDER_RATE_LIMITED ? WaitText.seconds(message) : 0;
        return GatewayError.of(kind, message, error.param()).retryAfter(wait);
    }

    private static int byType(ProviderError error) {
        String type = error.type() + ' ' + error.code();
        if (type.contains("rate_limit")) {
            return 429;
        }
        if (type.contains("overloaded") || type.contains("slow_down")) {
            return 503;
        }
        if (type.contains("authentication")) {
            return 401;
        }
        boolean request = type.contains("invalid_") || type.contains("image_");
        return request ? 400 : 500;
    }

    private static ErrorCode kind(int status, String said) {
        if (status == 401 || status == 402) {
            return StatusKind.of(status);
        }
        ErrorCode known = FailureWords.kind(status, said);
        if (known != null) {
            return known;
        }
        // Groq has no room for what is served at leisure.
        return status == 498 ? ErrorCode.PROVIDER_OVERLOADED : StatusKind.of(status);
    }
}
