package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.failure.FailureWords;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.dialect.failure.StatusKind;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonProblem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What Bedrock's errors mean, in replies of their own and within streams. The kind is in `x-amzn-errortype`, the body's
/// `__type`, or the exception's name. Stateless.
public final class BedrockErrors {
    private static final int MAX_MESSAGE = 2000;

    private BedrockErrors() {}

    /// An error reply, of whichever API of Bedrock.
    public static GatewayError read(int status, Fields fields, Frame body) {
        Body told = Body.read(body);
        String header = fields.get("x-amzn-errortype");
        String kind = kind(header == null ? told.kind : header);
        if (header == null && told.equals(Body.NOTHING)) {
            return ProviderFailure.read(status, fields, body);
        }
        String message = told.message.isBlank() ? "The provider answered " + status + " " + kind : told.message;
        long originalStatus = told.originalStatus;
        return error(code(kind, originalStatus > 0 ? (int) originalStatus : status, message), message.strip())
                .retryAfter(fields.retryAfterSeconds());
    }

    /// An exception or error within a stream.
    ///
    /// @param event the frame's name, as [AwsEventCutter] tells it
    public static GatewayError inStream(String event, Frame frame) {
        if (event.startsWith(AwsEventCutter.ERROR)) {
            String kind = event.substring(AwsEventCutter.ERROR.length());
            String message = frame.isEmpty() ? "The provider's stream failed: " + kind : frame.text();
            return error(code(kind, 500, message), message);
        }
        Body told = Body.read(frame);
        String kind = kind(event.substring(AwsEventCutter.EXCEPTION.length()));
        String message = told.message.isBlank() ? "The provider's stream failed: " + kind : told.message;
        return error(code(kind, told.originalStatus > 0 ? (int) told.originalStatus : 500, message), message);
    }

    /// A stream that ended before its answer did.
    static GatewayError cutShort() {
        return GatewayError.of(ErrorCode.UPSTREAM_CLOSED, "The provider's reply ended before the answer did");
    }

    private static GatewayError error(ErrorCode code, String message) {
        String shortened = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
        return GatewayError.of(code, shortened);
    }

    /// `ThrottlingException` of `ThrottlingException:http://internal…` and of `com.amazon…#ThrottlingException`.
    private static String kind(String written) {
        int hash = written.indexOf('#');
        String name = hash < 0 ? written : written.substring(hash + 1);
        int colon = name.indexOf(':');
        return (colon < 0 ? name : name.substring(0, colon)).strip();
    }

    private static ErrorCode code(String kind, int status, String message) {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "accessdeniedexception" -> says(message, "api key is valid")
                    ? ErrorCode.PROVIDER_UNAUTHORIZED
                    : ErrorCode.PROVIDER_FORBIDDEN;
            case "unrecognizedclientexception", "expiredtokenexception", "invalidsignatureexception",
                    "missingauthenticationtokenexception", "incompletesignatureexception", "signaturedoesnotmatch",
                    "invalidclienttokenid", "expiredtoken" -> ErrorCode.PROVIDER_UNAUTHORIZED;
            case "resourcenotfoundexception" -> ErrorCode.PROVIDER_MODEL_NOT_FOUND;
            case "validationexception" -> validation(message);
            case "throttlingexception", "toomanyrequestsexception" -> ErrorCode.PROVIDER_RATE_LIMITED;
            case "servicequotaexceededexception" -> ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
            case "modelnotreadyexception" -> ErrorCode.PROVIDER_OVERLOADED;
            case "modeltimeoutexception" -> ErrorCode.UPSTREAM_TIMEOUT;
            case "serviceunavailableexception" -> unavailable(message);
            case "internalserverexception", "internalfailure" -> ErrorCode.PROVIDER_FAILED;
            case "modelerrorexception", "modelstreamerrorexception" ->
                status == 424 ? ErrorCode.PROVIDER_FAILED : byStatus(status, message);
            default -> byStatus(status, message);
        };
    }

    private static ErrorCode byStatus(int status, String message) {
        return switch (status) {
            case 400, 422 -> validation(message);
            case 403 -> says(message, "security token") || says(message, "signature")
                    ? ErrorCode.PROVIDER_UNAUTHORIZED
                    : ErrorCode.PROVIDER_FORBIDDEN;
            case 503 -> unavailable(message);
            default -> StatusKind.of(status);
        };
    }

    private static ErrorCode validation(String message) {
        if (says(message, "model identifier is invalid") || says(message, "on-demand throughput")) {
            return ErrorCode.PROVIDER_MODEL_NOT_FOUND;
        }
        boolean tooLong = says(message, "too long") || says(message, "too many input tokens")
                || FailureWords.tooLong(message.toLowerCase(Locale.ROOT));
        return tooLong ? ErrorCode.CONTEXT_LENGTH_EXCEEDED : ErrorCode.PROVIDER_REJECTED;
    }

    private static ErrorCode unavailable(String message) {
        return says(message, "throttled") ? ErrorCode.PROVIDER_RATE_LIMITED : ErrorCode.PROVIDER_OVERLOADED;
    }

    private static boolean says(String message, String words) {
        return message.toLowerCase(Locale.ROOT).contains(words);
    }

    /// What an error's body says.
    private record Body(String kind, String message, long originalStatus) {
        private static final Body NOTHING = new Body("", "", 0);

        static Body read(Frame frame) {
            if (frame.isEmpty()) {
                return NOTHING;
            }
            try {
                return read(new JsonCursor().over(frame.bytes(), frame.start(), frame.end()));
            } catch (JsonProblem _) {
                return NOTHING;
            }
        }

        private static Body read(JsonCursor cursor) {
            String kind = null;
            String message = null;
            long originalStatus = 0;
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "message", "Message", "originalMessage" -> message = filled(cursor, message);
                    case "__type" -> kind = filled(cursor, kind);
                    case "originalStatusCode" -> originalStatus = cursor.kind() == JsonKind.NUMBER
                            ? cursor.longValue()
                            : 0;
                    default -> {}
                }
            }
            return new Body(kind == null ? "" : kind, message == null ? "" : message, originalStatus);
        }

        private static @Nullable String filled(JsonCursor cursor, @Nullable String before) {
            return cursor.isNull() || !cursor.isString() || before != null ? before : cursor.string();
        }
    }
}
