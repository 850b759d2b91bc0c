package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ErrorReader;
import io.deltallm.codec.dialect.failure.StatusKind;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonProblem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads errors: the body of an error reply, `error` of a failed response, and the `error` event. Stateless.
final class ErrorReading {
    private static final int MIDDLE = 0;
    private static final int LONGEST_TEXT = 500;

    private ErrorReading() {}

    /// @param code OpenAI's word for the kind; empty where there is none
    private record Words(String message, String type, String code, @Nullable String param) {}

    static GatewayError read(int status, ErrorReader.Fields fields, Frame body) {
        Words words;
        try {
            words = words(new JsonCursor().over(body.raw()));
        } catch (JsonProblem _) {
            // A proxy in between.
            words = new Words(shortened(body.text()), "", "", null);
        }
        return error(status, words).retryAfter(fields.retryAfterSeconds());
    }

    /// An error within a reply that began well.
    static GatewayError inReply(RawJson error) {
        return error(MIDDLE, words(new JsonCursor().over(error)));
    }

    private static Words words(JsonCursor cursor) {
        if (cursor.kind() == JsonKind.STRING) {
            return new Words(cursor.string(), "", "", null);
        }
        Words inner = null;
        String message = "";
        String type = "";
        String code = "";
        String param = null;
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "error" -> inner = cursor.isNull() ? null : words(cursor);
                case "message", "detail" -> message = cursor.isNull() ? "" : cursor.anyText();
                case "type" -> type = cursor.isNull() ? "" : cursor.anyText();
                case "code" -> code = cursor.isNull() ? "" : cursor.anyText();
                case "param" -> param = cursor.isNull() ? null : cursor.anyText();
                default -> {}
            }
        }
        return inner == null ? new Words(message, type, code, param) : inner;
    }

    private static GatewayError error(int status, Words words) {
        ErrorCode code = byWords(words, status);
        String message = words.message().isBlank() ? "The provider answered without saying why" : words.message();
        return GatewayError.of(code == null ? StatusKind.of(status) : code, message, words.param());
    }

    private static @Nullable ErrorCode byWords(Words words, int status) {
        String code = words.code().isEmpty() ? words.type() : words.code();
        return switch (code) {
            case "model_not_found" -> ErrorCode.PROVIDER_MODEL_NOT_FOUND;
            case "context_length_exceeded" -> ErrorCode.CONTEXT_LENGTH_EXCEEDED;
            case "invalid_api_key" -> ErrorCode.PROVIDER_UNAUTHORIZED;
            case "insufficient_quota" -> ErrorCode.PROVIDER_QUOTA_EXHAUSTED;
            case "rate_limit_exceeded" -> ErrorCode.PROVIDER_RATE_LIMITED;
            case "content_filter", "content_policy_violation", "image_content_policy_violation", "bio_policy" ->
                ErrorCode.CONTENT_FILTERED;
            case "slow_down", "overloaded", "server_overloaded" -> ErrorCode.PROVIDER_OVERLOADED;
            default -> status == MIDDLE ? inTheMiddle(code) : byText(words, status);
        };
    }

    private static ErrorCode inTheMiddle(String code) {
        boolean ours = code.startsWith("invalid_") || code.contains("image_") || code.equals("empty_image_file");
        return ours ? ErrorCode.PROVIDER_REJECTED : ErrorCode.PROVIDER_FAILED;
    }

    private static @Nullable ErrorCode byText(Words words, int status) {
        if (status != 400) {
            return null;
        }
        String message = words.message().toLowerCase(Locale.ROOT);
        if (message.contains("maximum context length is")) {
            return ErrorCode.CONTEXT_LENGTH_EXCEEDED;
        }
        if (message.contains("prompt was flagged")) {
            return ErrorCode.CONTENT_FILTERED;
        }
        return message.startsWith("incorrect api key") ? ErrorCode.PROVIDER_UNAUTHORIZED : null;
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }
}
