package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.failure.FailureWords;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.dialect.failure.StatusKind;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Errors in Anthropic's envelope, `{"type":"error","error":{"type","message"},"request_id"}`, read and written; what
/// Vertex and Bedrock say in its place is read too. Stateless.
final class AnthropicErrors {

    private AnthropicErrors() {}

    /// An error reply.
    static GatewayError read(int status, Fields fields, Frame body) {
        ErrorText text = ErrorText.of(body);
        if (text.equals(ErrorText.NONE)) {
            return ProviderFailure.read(status, fields, body);
        }
        String type = text.type();
        String awsType = fields.get("x-amzn-errortype");
        if (type.isEmpty() && awsType != null) {
            type = awsType.substring(0, end(awsType, ':'));
        }
        String message = text.message().isEmpty() ? "The provider answered with status " + status : text.message();
        return GatewayError.of(code(type, status, message, text.spent()), message).retryAfter(fields.retryAfterSeconds());
    }

    private static int end(String text, char stop) {
        int at = text.indexOf(stop);
        return at < 0 ? text.length() : at;
    }

    /// The `error` object within a reply of status 200.
    static GatewayError inReply(@Nullable RawJson error) {
        ErrorText text = error == null ? ErrorText.NONE : ErrorText.ofError(error);
        String message = text.message().isEmpty() ? "The provider failed in the middle of its answer" : text.message();
        return GatewayError.of(code(text.type(), 500, message, text.spent()), message);
    }

    /// An exception frame of AWS.
    static GatewayError ofException(String type, Frame payload) {
        String message = ErrorText.of(payload).message();
        String told = message.isEmpty() ? "The provider failed with " + type : message;
        return GatewayError.of(code(type, 500, told, false), told);
    }

    private static ErrorCode code(String type, int status, String message, boolean spent) {
        return switch (type) {
            case "authentication_error", "UnrecognizedClientException", "ExpiredTokenException",
                    "InvalidSignatureException" -> ErrorCode.PROVIDER_UNAUTHORIZED;
            case "permission_error", "AccessDeniedException" -> ErrorCode.PROVIDER_FORBIDDEN;
            case "billing_error" -> ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
            case "not_found_error", "ResourceNotFoundException" -> notFound(message);
            case "request_too_large" -> ErrorCode.PROVIDER_TOO_LARGE;
            case "rate_limit_error", "ThrottlingException", "throttlingException", "ModelNotReadyException" ->
                spent ? ErrorCode.PROVIDER_QUOTA_EXHAUSTED : ErrorCode.PROVIDER_RATE_LIMITED;
            case "timeout_error", "ModelTimeoutException", "modelTimeoutException" -> ErrorCode.UPSTREAM_TIMEOUT;
            case "overloaded_error", "ServiceUnavailableException", "serviceUnavailableException" ->
                overloaded(message);
            case "api_error", "InternalServerException", "internalServerException", "modelStreamErrorException" ->
                ErrorCode.PROVIDER_FAILED;
            case "invalid_request_error", "ValidationException", "validationException" -> rejected(message);
            default -> byStatus(status, message, spent);
        };
    }

    private static ErrorCode byStatus(int status, String message, boolean spent) {
        return switch (status) {
            case 400, 422 -> rejected(message);
            case 429 -> spent ? ErrorCode.PROVIDER_QUOTA_EXHAUSTED : ErrorCode.PROVIDER_RATE_LIMITED;
            case 503, 529 -> overloaded(message);
            default -> StatusKind.of(status);
        };
    }

    private static ErrorCode notFound(String message) {
        return message.contains("model") ? ErrorCode.PROVIDER_MODEL_NOT_FOUND : ErrorCode.PROVIDER_REJECTED;
    }

    private static ErrorCode overloaded(String message) {
        return message.contains("getting throttled") ? ErrorCode.PROVIDER_RATE_LIMITED : ErrorCode.PROVIDER_OVERLOADED;
    }

    private static ErrorCode rejected(String message) {
        String said = message.toLowerCase(Locale.ROOT);
        if (FailureWords.moneySpent(said)) {
            return ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
        }
        if (FailureWords.tooLong(said)) {
            return ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        }
        // No fault of the request, and another target may serve it.
        if (said.contains("organization has been disabled")) {
            return ErrorCode.PROVIDER_FORBIDDEN;
        }
        if (said.contains("blocked by content filtering policy")) {
            return ErrorCode.CONTENT_FILTERED;
        }
        return message.contains("provided model identifier is invalid")
                ? ErrorCode.PROVIDER_MODEL_NOT_FOUND
                : ErrorCode.PROVIDER_REJECTED;
    }

    static void write(GatewayError error, String requestId, JsonOutput out) {
        out.beginObject()
                .member("type", "error")
                .name("error")
                .beginObject()
                .member("type", type(error.code().status()))
                .member("message", error.message())
                .endObject()
                .member("request_id", requestId)
                .endObject();
    }

    static void writeEvent(GatewayError error, String requestId, JsonOutput out) {
        out.literal("event: error\ndata: ");
        write(error, requestId, out);
        out.literal("\n\n");
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 408, 504 -> "timeout_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            default -> status >= 500 && status != 501 ? "api_error" : "invalid_request_error";
        };
    }

    /// What an error's body says, as far as it can be read.
    ///
    /// @param spent whether a limit of money is reached, which no waiting helps
    record ErrorText(String type, String message, boolean spent) {
        private static final ErrorText NONE = new ErrorText("", "", false);
        private static final int LONGEST = 2000;

        static ErrorText of(Frame body) {
            try {
                return body.isEmpty() ? NONE : envelope(new JsonCursor().over(body.raw()));
            } catch (JsonProblem _) {
                return NONE;
            }
        }

        /// Google wraps the envelope in a list where a stream was asked for.
        private static ErrorText envelope(JsonCursor body) {
            RawJson whole = body.raw();
            if (whole.isArray()) {
                JsonCursor list = new JsonCursor().over(whole);
                list.array();
                whole = list.element() ? list.raw() : RawJson.EMPTY_STRING;
            }
            return whole.isObject() ? inner(whole) : NONE;
        }

        private static ErrorText inner(RawJson whole) {
            RawJson error = Block.child(whole, "error");
            return ofError(error != null && error.isObject() ? error : whole);
        }

        static ErrorText ofError(RawJson error) {
            try {
                return read(new JsonCursor().over(error));
            } catch (JsonProblem _) {
                return NONE;
            }
        }

        private static ErrorText read(JsonCursor error) {
            String type = "";
            String message = "";
            boolean spent = false;
            error.object();
            for (String name = error.name(); name != null; name = error.name()) {
                if (error.skipNull()) {
                    continue;
                }
                switch (name) {
                    case "type" -> type = error.anyText();
                    case "message", "Message" -> message = error.anyText();
                    case "details" -> spent = error.raw().json().contains("enforced_spend_limit_reached");
                    default -> {}
                }
            }
            return new ErrorText(type, shortened(message), spent);
        }

        private static String shortened(String message) {
            return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        }
    }
}
