package io.deltallm.codec.chat;

import java.nio.charset.StandardCharsets;

/// Text to JSON string and back (RFC 8259, section 7). Stateless.
public final class JsonQuotes {
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String PLAIN = "\"\\/\b\f\n\r\t";
    private static final String HEX = "0123456789abcdef";

    private JsonQuotes() {}

    /// `text` in double quotes.
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= 0x20 && character != '"' && character != '\\') {
                out.append(character);
            } else {
                escape(out, character);
            }
        }
        return out.append('"').toString();
    }

    private static void escape(StringBuilder out, char character) {
        switch (character) {
            case '"', '\\' -> out.append('\\').append(character);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 15));
        }
    }

    /// What the escaped bytes between two quotes stand for. A wrong escape stands for itself.
    public static String unquoted(byte[] utf8, int from, int to) {
        int at = from;
        while (at < to && utf8[at] != '\\') {
            at++;
        }
        if (at == to) {
            return new String(utf8, from, to - from, StandardCharsets.UTF_8);
        }
        StringBuilder out = new StringBuilder(to - from);
        int plain = from;
        while (at < to) {
            if (utf8[at] == '\\' && at + 1 < to) {
                out.append(new String(utf8, plain, at - plain, StandardCharsets.UTF_8));
                at = unescape(utf8, at + 1, to, out);
                plain = at;
            } else {
                at++;
            }
        }
        return out.append(new String(utf8, plain, to - plain, StandardCharsets.UTF_8)).toString();
    }

    /// Reads the escape whose letter stands at `at`; the index behind it.
    private static int unescape(byte[] utf8, int at, int to, StringBuilder out) {
        char letter = (char) utf8[at];
        int unit = letter == 'u' && at + 5 <= to ? hex(utf8, at + 1) : -1;
        if (unit >= 0) {
            out.append((char) unit);
            return at + 5;
        }
        int index = ESCAPED.indexOf(letter);
        if (index >= 0) {
            out.append(PLAIN.charAt(index));
            return at + 1;
        }
        out.append('\\');
        return at;
    }

    private static int hex(byte[] utf8, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = utf8[i] < 0 ? -1 : Character.digit((char) utf8[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }
}
