package io.deltallm.codec.json;

import java.util.Arrays;

/// The escapes of a JSON string (RFC 8259, section 7), one byte at a time. Confined to its walker.
final class JsonEscape {
    /// Not a whole escape yet.
    static final int PENDING = -1;

    /// Not an escape.
    static final int INVALID = -2;

    /// By the character after a backslash, what both stand for; -1 where that is no escape of its own.
    private static final byte[] PLAIN = plain();

    private int digitsLeft;
    private int unit;

    private static byte[] plain() {
        byte[] table = new byte[128];
        Arrays.fill(table, (byte) -1);
        String escaped = "\"\\/bfnrt";
        String plain = "\"\\/\b\f\n\r\t";
        for (int i = 0; i < escaped.length(); i++) {
            table[escaped.charAt(i)] = (byte) plain.charAt(i);
        }
        return table;
    }

    /// Whether a backslash and this byte are an escape of their own.
    static boolean isPlain(byte value) {
        return value >= 0 && PLAIN[value] >= 0;
    }

    /// A backslash was read.
    void begin() {
        digitsLeft = 0;
    }

    /// Takes the next byte: the UTF-16 unit that the escape stands for, [#PENDING] or [#INVALID].
    int accept(byte value) {
        if (digitsLeft > 0) {
            return digit(value);
        }
        if (value == 'u') {
            digitsLeft = 4;
            unit = 0;
            return PENDING;
        }
        return isPlain(value) ? PLAIN[value] : INVALID;
    }

    private int digit(byte value) {
        int digit = value < 0 ? -1 : Character.digit((char) value, 16);
        if (digit < 0) {
            return INVALID;
        }
        unit = (unit << 4) | digit;
        return --digitsLeft == 0 ? unit : PENDING;
    }
}
