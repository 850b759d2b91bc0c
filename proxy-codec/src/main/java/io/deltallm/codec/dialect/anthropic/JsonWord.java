package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;
import org.jspecify.annotations.Nullable;

/// Compares a JSON string with a word of the wire format, without making a string. Stateless.
final class JsonWord {

    private JsonWord() {}

    static boolean is(@Nullable RawJson value, String ascii) {
        return value != null && value.length() == ascii.length() + 2 && begins(value, ascii);
    }

    static boolean begins(RawJson value, String ascii) {
        if (value.length() < ascii.length() + 2 || value.bytes()[value.start()] != '"') {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (value.bytes()[value.start() + 1 + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
