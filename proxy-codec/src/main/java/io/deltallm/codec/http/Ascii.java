package io.deltallm.codec.http;

import java.nio.charset.StandardCharsets;

/// The character classes of HTTP (RFC 9110 section 5.6.2) as tables, and text of the protocol as bytes.
public final class Ascii {
    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte TARGET = 4;
    private static final byte[] CLASSES = classes();

    private Ascii() {}

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 0x21; c < 0x7f; c++) {
            classes[c] = VALUE | TARGET;
            if (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
                classes[c] |= TOKEN;
            }
        }
        classes[' '] = VALUE;
        classes['\t'] = VALUE;
        // obs-text: opaque, passed on as it came (RFC 9110 section 5.5).
        for (int c = 0x80; c < 0x100; c++) {
            classes[c] = VALUE;
        }
        return classes;
    }

    /// `tchar`: what field names and methods are made of.
    public static boolean isToken(byte b) {
        return (CLASSES[b & 0xff] & TOKEN) != 0;
    }

    /// What a field value may hold: visible characters, space, tab, obs-text; no other control character.
    public static boolean isValue(byte b) {
        return (CLASSES[b & 0xff] & VALUE) != 0;
    }

    /// What a request target may hold: visible ASCII.
    public static boolean isTarget(byte b) {
        return (CLASSES[b & 0xff] & TARGET) != 0;
    }

    static boolean isLetter(byte b) {
        byte lower = lower(b);
        return lower >= 'a' && lower <= 'z';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /// What may stand in the scheme of a URI besides letters, though not first (RFC 3986 section 3.1).
    static boolean isSchemeRest(byte b) {
        return isDigit(b) || b == '+' || b == '-' || b == '.';
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether `bytes[start, end)` is `lowerCase`, whatever its case.
    public static boolean equalsIgnoreCase(byte[] bytes, int start, int end, String lowerCase) {
        if (end - start != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (lower(bytes[start + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the comma-separated list in `bytes[start, end)` has the element `lowerCase`, whatever its case.
    static boolean listContains(byte[] bytes, int start, int end, String lowerCase) {
        int from = start;
        while (from < end) {
            int to = from;
            while (to < end && bytes[to] != ',') {
                to++;
            }
            if (equalsIgnoreCase(bytes, skipSpace(bytes, from, to), trimSpace(bytes, from, to), lowerCase)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    /// The first position in `[start, end)` that is neither space nor tab, or `end`.
    public static int skipSpace(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && isSpace(bytes[i])) {
            i++;
        }
        return i;
    }

    /// The position after the last byte of `[start, end)` that is neither space nor tab; at least what skipSpace gives.
    public static int trimSpace(byte[] bytes, int start, int end) {
        int first = skipSpace(bytes, start, end);
        int i = end;
        while (i > first && isSpace(bytes[i - 1])) {
            i--;
        }
        return i;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }
}
