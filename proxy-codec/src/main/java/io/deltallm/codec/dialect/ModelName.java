package io.deltallm.codec.dialect;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads and judges the model a client names. Remembers the last one, since a connection usually asks for the same
/// model again: then the name costs no allocation. Confined to one connection.
final class ModelName {
    private static final String PUNCTUATION = "-_./:@+,";
    private static final int SHOWN = 64;
    private static final boolean[] ALLOWED = allowed();

    private final int maxLength;
    private String last = "";
    private byte[] lastBytes = {};

    ModelName(int maxLength) {
        this.maxLength = maxLength;
    }

    private static boolean[] allowed() {
        boolean[] allowed = new boolean[128];
        for (char character = 0; character < allowed.length; character++) {
            allowed[character] = Character.isLetterOrDigit(character) || PUNCTUATION.indexOf(character) >= 0;
        }
        return allowed;
    }

    String read(JsonText text) {
        if (!text.is(lastBytes)) {
            last = text.toString();
            lastBytes = last.getBytes(StandardCharsets.UTF_8);
        }
        return last;
    }

    /// Null when the name may stand.
    @Nullable GatewayError judge(JsonText text) {
        if (text.is(lastBytes) && lastBytes.length > 0) {
            return null;
        }
        if (text.length() == 0) {
            return refuse("model is \"\" (expected: the name of a model)");
        }
        if (text.cut() || text.length() > maxLength) {
            return refuse("model is longer than " + maxLength + " characters");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.at(i))) {
                return refuse("model \"" + shown(text) + "\" has a character that no model name has (expected: letters, "
                        + "digits, " + PUNCTUATION + ")");
            }
        }
        return null;
    }

    private static boolean isAllowed(byte value) {
        return value > 0 && ALLOWED[value];
    }

    private static String shown(JsonText text) {
        String whole = text.toString();
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "…";
    }

    static GatewayError refuse(String message) {
        return GatewayError.of(ErrorCode.INVALID_REQUEST, message, "model");
    }
}
