package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;

/// Writes JSON strings (RFC 8259, section 7): quotes, backslashes and control characters escaped, everything else as it
/// is. Thread-safe, stateless.
public final class JsonString {

    private JsonString() {}

    /// `text` in double quotes.
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(out, text.charAt(i));
        }
        return out.append('"').toString();
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

    private static void append(StringBuilder out, char character) {
        switch (character) {
            case '"', '\\' -> out.append('\\').append(character);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (character < 0x20) {
                    out.append("\\u00").append(Character.forDigit(character >> 4, 16))
                            .append(Character.forDigit(character & 15, 16));
                } else {
                    out.append(character);
                }
            }
        }
    }
}
