package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonNames;
import io.deltallm.codec.json.JsonText;
import io.deltallm.codec.json.JsonVisitor.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The top-level fields a scan looks at, and what each has to be.
enum RequestField {
    MODEL("a string"),
    STREAM("true or false"),
    STREAM_OPTIONS("an object"),
    MAX_TOKENS("an integer of at least 1"),
    MAX_COMPLETION_TOKENS("an integer of at least 1"),
    MAX_OUTPUT_TOKENS("an integer of at least 1"),
    USER("a string"),
    TEMPERATURE("a number from 0 to 2"),
    N("an integer of at least 1"),
    MESSAGES("a non-empty array of messages"),
    LOGIT_BIAS("an object of numbers from -100 to 100"),
    /// Everything else, passed on unseen.
    OTHER("");

    private static final JsonNames<RequestField> NAMES = new JsonNames<>(
            Arrays.stream(values())
                    .filter(field -> field != OTHER)
                    .collect(Collectors.toMap(RequestField::label, Function.identity())),
            OTHER);
    private static final double MAX_TEMPERATURE = 2;
    private static final double MAX_BIAS = 100;

    private final String expected;
    private final String label;

    RequestField(String expected) {
        this.expected = expected;
        this.label = name().toLowerCase(Locale.ROOT);
    }

    static RequestField of(JsonText key) {
        return NAMES.meaning(key);
    }

    static boolean modelIsOptional(Operation operation) {
        return switch (operation) {
            case IMAGES_GENERATIONS, IMAGES_EDITS, MODERATIONS -> true;
            default -> false;
        };
    }

    String label() {
        return label;
    }

    GatewayError refused(Kind kind) {
        return refused(described(kind));
    }

    GatewayError refused(String found) {
        return refuse(label(), found, expected);
    }

    /// Judges a scalar; null, being the same as absent, is always right but for the messages.
    @Nullable GatewayError judge(Kind kind, JsonText text, boolean needsMessages) {
        boolean right = switch (this) {
            case MAX_TOKENS, MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS, N ->
                kind == Kind.NULL || (kind == Kind.NUMBER && text.asCount() >= 1);
            case TEMPERATURE -> kind == Kind.NULL || (kind == Kind.NUMBER && within(text, 0, MAX_TEMPERATURE));
            case LOGIT_BIAS -> kind == Kind.NULL;
            case MESSAGES -> !needsMessages;
            case MODEL, STREAM, STREAM_OPTIONS, USER, OTHER -> true;
        };
        return right ? null : refused(kind == Kind.NUMBER ? text.toString() : described(kind));
    }

    static @Nullable GatewayError judgeBias(Kind kind, JsonText text, JsonText token) {
        if (kind == Kind.NUMBER && within(text, -MAX_BIAS, MAX_BIAS)) {
            return null;
        }
        String found = kind == Kind.NUMBER ? text.toString() : described(kind);
        return refuse("logit_bias." + token, found, "a number from -100 to 100");
    }

    private static boolean within(JsonText text, double least, double most) {
        double value = text.asDouble();
        return value >= least && value <= most;
    }

    static String described(Kind kind) {
        return switch (kind) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case TRUE -> "true";
            case FALSE -> "false";
            case NULL -> "null";
        };
    }

    static GatewayError refuse(String path, String found, String expected) {
        return GatewayError.of(
                ErrorCode.INVALID_REQUEST, path + " is " + found + " (expected: " + expected + ")", path);
    }
}
