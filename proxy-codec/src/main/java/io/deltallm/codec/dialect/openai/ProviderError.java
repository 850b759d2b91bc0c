package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonKind;
import io.deltallm.codec.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/// What a provider's error says, in whichever of the many forms. Immutable.
///
/// @param message empty where it says nothing
/// @param type `invalid_request_error`; empty where it has none
/// @param code `context_length_exceeded`, or a number as text; empty where it has none
/// @param status the HTTP status that it states itself; 0 where it states none
record ProviderError(String message, String type, String code, @Nullable String param, int status) {
    static final ProviderError NOTHING = new ProviderError("", "", "", null, 0);
    static final ProviderError BROKEN_OFF =
            new ProviderError("The provider broke the answer off.", "server_error", "", null, 0);

    /// Reads an error object, an object that has one, a list of such, or a bare text. Never fails: what cannot be read
    /// says nothing.
    static ProviderError read(RawJson value) {
        Reading reading = new Reading();
        try {
            reading.any(new JsonCursor().over(value), 0);
        } catch (JsonProblem _) {
            // What was read until here is all there is.
        }
        return reading.result();
    }

    /// One walk through an error. OpenAI, Groq, Azure, OpenRouter have `{"error":{message,type,code,param}}`; Mistral
    /// `{"detail":"…"}`, `{"detail":[{"msg":…,"loc":[…]}]}` or the members at the top, as older vLLM; xAI
    /// `{"code":"…","error":"…"}`; MiniMax [BaseResp]; OpenRouter hides the partner's words in `metadata.raw`.
    private static final class Reading {
        private static final int DEEPEST = 4;
        private static final String WRAPPED = "Provider returned error";

        private String message = "";
        private String type = "";
        private String code = "";
        private String innermost = "";
        private @Nullable String param;
        private int status;

        void any(JsonCursor cursor, int depth) {
            switch (cursor.kind()) {
                case OBJECT -> object(cursor, depth);
                case ARRAY -> {
                    cursor.array();
                    while (cursor.element()) {
                        any(cursor, depth + 1);
                    }
                }
                case STRING -> message = message.isEmpty() ? cursor.string() : message;
                case NUMBER, BOOLEAN, NULL -> cursor.skip();
            }
        }

        private void object(JsonCursor cursor, int depth) {
            if (depth > DEEPEST) {
                cursor.skip();
                return;
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                member(name, cursor, depth);
            }
        }

        private void member(String name, JsonCursor cursor, int depth) {
            switch (name) {
                case "error", "detail", "errors" -> any(cursor, depth + 1);
                case "message", "msg" -> say(cursor, depth);
                case "type" -> type = word(cursor, type);
                case "code" -> code(cursor);
                case "param" -> param = cursor.kind() == JsonKind.STRING ? cursor.string() : param;
                case "status", "status_code" -> status(cursor);
                case "innererror" -> inner(cursor);
                case "metadata" -> metadata(cursor);
                case "base_resp" -> take(BaseResp.read(cursor));
                default -> {}
            }
        }

        private void take(@Nullable ProviderError told) {
            if (told != null) {
                message = told.message();
                type = told.type();
                code = told.code();
            }
        }

        private void say(JsonCursor cursor, int depth) {
            if (cursor.kind() == JsonKind.STRING) {
                message = message.isEmpty() ? cursor.string() : message;
            } else {
                any(cursor, depth + 1);
            }
        }

        private static String word(JsonCursor cursor, String before) {
            return cursor.kind() == JsonKind.STRING ? cursor.string() : before;
        }

        private void code(JsonCursor cursor) {
            if (cursor.kind() == JsonKind.NUMBER || cursor.kind() == JsonKind.STRING) {
                code = cursor.anyText();
                takeStatus(code);
            }
        }

        private void status(JsonCursor cursor) {
            if (cursor.kind() == JsonKind.NUMBER) {
                takeStatus(cursor.anyText());
            }
        }

        private void takeStatus(String digits) {
            boolean three = digits.length() == 3 && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
            if (three && digits.charAt(0) >= '4' && digits.charAt(0) <= '5') {
                status = Integer.parseInt(digits);
            }
        }

        /// Azure: `{"code":"ResponsibleAIPolicyViolation",…}`.
        private void inner(JsonCursor cursor) {
            if (cursor.kind() != JsonKind.OBJECT) {
                return;
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("code")) {
                    type = word(cursor, type);
                }
            }
        }

        private void metadata(JsonCursor cursor) {
            if (cursor.kind() != JsonKind.OBJECT) {
                return;
            }
            cursor.object();
            for (String name = cursor.name(); name != null; name = cursor.name()) {
                if (name.equals("raw")) {
                    innermost = word(cursor, innermost);
                }
            }
        }

        ProviderError result() {
            String text = message.isEmpty() || message.equals(WRAPPED) ? partner() : message;
            return new ProviderError(text.isEmpty() ? message : text, type, code, param, status);
        }

        /// The partner's own error, which is JSON within a string, or a plain text.
        private String partner() {
            if (!innermost.startsWith("{")) {
                return innermost;
            }
            String told = read(RawJson.ofLiteral(innermost)).message();
            return told.isEmpty() ? innermost : told;
        }
    }
}
