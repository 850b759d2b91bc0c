package io.deltallm.codec.dialect;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.JsonText;
import org.jspecify.annotations.Nullable;

/// Reads and judges the model a client names. Remembers the last one, since a connection usually asks for the same
/// model again: then the name costs no allocation. Confined to one connection.
final class ModelName {
    private static final String PUNCTUATION = "-_./:@+,";
    private static final int SHOWN = 64;

    private final int maxLength;
    private String last = "";

    ModelName(int maxLength) {
        this.maxLength = maxLength;
    }

    String read(JsonText text) {
        if (!text.isAscii(last)) {
            last = text.toString();
        }
        return last;
    }

    /// Null when the name may stand.
    @Nullable GatewayError judge(JsonText text) {
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
        int letter = value | 0x20;
        return (letter >= 'a' && letter <= 'z')
                || (value >= '0' && value <= '9')
                || (value > 0 && PUNCTUATION.indexOf(value) >= 0);
    }

    private static String shown(JsonText text) {
        String whole = text.toString();
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "…";
    }

    static GatewayError refuse(String message) {
        return GatewayError.of(ErrorCode.INVALID_REQUEST, message, "model");
    }
}
