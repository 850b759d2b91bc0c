package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.failure.FailureWords;
import io.deltallm.codec.dialect.failure.ProviderFailure;
import io.deltallm.codec.dialect.failure.StatusKind;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import java.util.Locale;

/// Google's errors, both ways (https://cloud.google.com/apis/design/errors). Stateless.
final class GoogleErrors {
    private static final int CLIENT_CLOSED = 499;
    private static final int LONGEST_WAIT_SECONDS = 86_400;
    private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

    private GoogleErrors() {}

    /// @param status the reply's; below 400 for an error within a stream, whose own code counts then
    static GatewayError read(int status, Fields fields, Frame body) {
        GoogleError error = new GoogleError();
        try {
            error.read(new JsonCursor().over(body.bytes(), body.start(), body.end()));
        } catch (JsonProblem _) {
            error.retrySeconds = 0; // what could be read counts; a proxy's HTML has none
        }
        if (error.saysNothing() && status >= 400) {
            return ProviderFailure.read(status, fields, body);
        }
        int code = status >= 400 ? status : error.code >= 400 ? error.code : 500;
        String message = error.message.isBlank() ? "The provider answered with status " + code : error.message;
        long wait = error.retrySeconds > 0 ? error.retrySeconds : fields.retryAfterSeconds();
        return GatewayError.of(meaning(code, error), message).retryAfter(wait);
    }

    private static ErrorCode meaning(int code, GoogleError error) {
        return switch (code) {
            case 400 -> badRequest(error);
            case 403 -> error.keyInvalid() ? ErrorCode.PROVIDER_UNAUTHORIZED : ErrorCode.PROVIDER_FORBIDDEN;
            case 429 -> error.daily || error.message.contains("credits are depleted") ? ErrorCode.PROVIDER_QUOTA_EXHAUSTED : ErrorCode.PROVIDER_RATE_LIMITED;
            case CLIENT_CLOSED -> ErrorCode.PROVIDER_FAILED;
            default -> StatusKind.of(code);
        };
    }

    private static ErrorCode badRequest(GoogleError error) {
        if (error.keyInvalid()) {
            return ErrorCode.PROVIDER_UNAUTHORIZED;
        }
        if (FailureWords.tooLong(error.message.toLowerCase(Locale.ROOT))) {
            return ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        }
        // The place that the gateway calls from is not served: no fault of the request.
        boolean place = error.status.equals("FAILED_PRECONDITION") && error.message.contains("location");
        return place ? ErrorCode.PROVIDER_FORBIDDEN : ErrorCode.PROVIDER_REJECTED;
    }

    /// What an error's body says. Confined to one reading.
    private static final class GoogleError {
        int code;
        String message = "";
        String status = "";
        String reason = "";
        boolean daily;
        long retrySeconds;

        /// What is not Google's own, of a proxy in between.
        boolean saysNothing() {
            return message.isBlank() && code == 0 && status.isEmpty();
        }

        boolean keyInvalid() {
            return reason.equals("API_KEY_INVALID") || message.startsWith("API key not valid")
                    || message.startsWith("Your API key was");
        }

        void read(JsonCursor cursor) {
            if (cursor.kind() == JsonKind.ARRAY) { // asked without alt=sse, Google answers in a list
                cursor.array();
                if (!cursor.element()) {
                    return;
                }
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("error")) {
                    error(cursor);
                }
            }
        }

        private void error(JsonCursor cursor) {
            if (cursor.kind() != JsonKind.OBJECT) {
                message = cursor.anyText();
                return;
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                switch (name) {
                    case "code" -> code = cursor.kind() == JsonKind.NUMBER ? (int) cursor.longValue() : 0;
                    case "message" -> message = cursor.anyText();
                    case "status" -> status = cursor.anyText();
                    case "details" -> details(cursor);
                    default -> {}
                }
            }
        }

        private void details(JsonCursor cursor) {
            if (cursor.kind() != JsonKind.ARRAY) {
                return;
            }
            cursor.array();
            while (cursor.element()) {
                if (cursor.kind() != JsonKind.OBJECT) {
                    continue;
                }
                cursor.object();
                for (String name = cursor.name(); name != null; name = cursor.name()) {
                    switch (name) {
                        case "reason" -> reason = cursor.anyText();
                        case "retryDelay" -> retrySeconds = delay(cursor.anyText());
                        case "violations" -> daily |= cursor.raw().json().contains("PerDay");
                        default -> {}
                    }
                }
            }
        }

        /// `48s`, `48.94s`: whole seconds, rounded up.
        private static long delay(String duration) {
            String number = duration.endsWith("s") ? duration.substring(0, duration.length() - 1) : duration;
            try {
                return (long) Math.ceil(Math.clamp(Double.parseDouble(number), 0, LONGEST_WAIT_SECONDS));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    static void write(GatewayError error, JsonOutput out) {
        int status = error.code().status();
        out.beginObject().name("error").beginObject();
        out.member("code", status).member("message", error.message()).member("status", statusName(status));
        if (error.retryAfterSeconds() > 0) {
            out.name("details").beginArray().beginObject().member("@type", RETRY_INFO);
            out.member("retryDelay", error.retryAfterSeconds() + "s").endObject().endArray();
        }
        out.endObject().endObject();
    }

    private static String statusName(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case CLIENT_CLOSED -> "CANCELLED";
            case 501, 405 -> "UNIMPLEMENTED";
            case 502, 503 -> "UNAVAILABLE";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
