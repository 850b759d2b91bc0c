package io.deltallm.codec.json;

import io.deltallm.codec.chat.JsonQuotes;
import java.nio.charset.StandardCharsets;

/// Writes JSON strings (RFC 8259, section 7): quotes, backslashes and control characters escaped, everything else as it
/// is. Thread-safe, stateless.
public final class JsonString {

    private JsonString() {}

    /// `text` in double quotes.
    public static String quoted(String text) {
        return JsonQuotes.quoted(text);
    }

    /// The same for UTF-8 bytes, without a detour through characters where nothing needs an escape.
    public static byte[] quoted(byte[] utf8) {
        if (needsEscape(utf8)) {
            return quoted(new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
        byte[] quoted = new byte[utf8.length + 2];
        System.arraycopy(utf8, 0, quoted, 1, utf8.length);
        quoted[0] = '"';
        quoted[utf8.length + 1] = '"';
        return quoted;
    }

    private static boolean needsEscape(byte[] utf8) {
        for (byte value : utf8) {
            if (value == '"' || value == '\\' || (value >= 0 && value < 0x20)) {
                return true;
            }
        }
        return false;
    }
}
