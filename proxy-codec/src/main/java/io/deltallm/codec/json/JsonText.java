package io.deltallm.codec.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The unescaped UTF-8 bytes of one key or value, up to a limit. Reused from one to the next; confined to its reader.
public final class JsonText {
    private static final int SHORT = 16;
    private static final int MAX_PLAIN_DIGITS = 15;

    private byte[] bytes;
    private int length;
    private int limit;
    private boolean cut;
    private int highSurrogate;

    public JsonText(int capacity) {
        bytes = new byte[capacity];
    }

    /// Empties it, to take up to `newLimit` bytes.
    public void begin(int newLimit) {
        if (newLimit > bytes.length) {
            bytes = new byte[newLimit];
        }
        limit = newLimit;
        length = 0;
        cut = false;
        highSurrogate = 0;
    }

    public void append(ByteBuffer view, int from, int to) {
        int count = Math.min(to - from, limit - length);
        if (count > SHORT) {
            view.get(from, bytes, length, count);
        } else {
            // A name is shorter than what setting up a bulk copy costs.
            for (int i = 0; i < count; i++) {
                bytes[length + i] = view.get(from + i);
            }
        }
        length += count;
        cut |= count < to - from;
    }

    public void append(int value) {
        if (length < limit) {
            bytes[length++] = (byte) value;
        } else {
            cut = true;
        }
    }

    /// Appends a UTF-16 unit written as four hexadecimal digits; a pair of surrogates becomes one character, a lone one is kept in its
    /// three-byte form, which no name is equal to.
    void appendUnit(int unit) {
        if (Character.isHighSurrogate((char) unit)) {
            highSurrogate = unit;
            return;
        }
        if (highSurrogate != 0 && Character.isLowSurrogate((char) unit)) {
            int point = Character.toCodePoint((char) highSurrogate, (char) unit);
            highSurrogate = 0;
            append(0xf0 | (point >> 18));
            append(0x80 | ((point >> 12) & 0x3f));
            append(0x80 | ((point >> 6) & 0x3f));
            append(0x80 | (point & 0x3f));
            return;
        }
        appendPlain(unit);
    }

    private void appendPlain(int unit) {
        if (unit < 0x80) {
            append(unit);
        } else if (unit < 0x800) {
            append(0xc0 | (unit >> 6));
            append(0x80 | (unit & 0x3f));
        } else {
            append(0xe0 | (unit >> 12));
            append(0x80 | ((unit >> 6) & 0x3f));
            append(0x80 | (unit & 0x3f));
        }
    }

    /// Whether it is longer than what is kept of it.
    public boolean cut() {
        return cut;
    }

    public int length() {
        return length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /// Whether it is exactly this ASCII text; allocates nothing.
    public boolean isAscii(String name) {
        if (cut || length != name.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// FNV-1a over the bytes, to remember that a key was there without keeping it.
    public long hash() {
        return hash(bytes, length);
    }

    /// The same hash of a name one asks for.
    public static long hash(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return hash(utf8, utf8.length);
    }

    private static long hash(byte[] bytes, int length) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /// The integer these digits write, or -1 when they write none, a negative one or one beyond a `long`.
    public long asCount() {
        long value = 0;
        if (cut || length == 0 || length > 18) {
            return -1;
        }
        for (int i = 0; i < length; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /// The number as a double; `NaN` when it is too long to be kept.
    public double asDouble() {
        if (cut) {
            return Double.NaN;
        }
        double plain = asPlainDecimal();
        return Double.isNaN(plain) ? Double.parseDouble(toString()) : plain;
    }

    /// Digits with a point somewhere and no sign or exponent, as `0.7`: the quotient of two exact doubles is the nearest
    /// one, so this needs no text. `NaN` for any other number.
    private double asPlainDecimal() {
        if (length > MAX_PLAIN_DIGITS) {
            return Double.NaN;
        }
        long digits = 0;
        double scale = 1;
        boolean fraction = false;
        for (int i = 0; i < length; i++) {
            int digit = bytes[i] - '0';
            if (bytes[i] == '.') {
                fraction = true;
            } else if (digit < 0 || digit > 9) {
                return Double.NaN;
            } else {
                digits = digits * 10 + digit;
                scale = fraction ? scale * 10 : scale;
            }
        }
        return digits / scale;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
