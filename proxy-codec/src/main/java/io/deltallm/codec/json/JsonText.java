package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The unescaped UTF-8 bytes of one key or value, up to a limit. Reused from one to the next; confined to its reader.
public final class JsonText {
    private static final int NONE = -1;
    private static final int SHORT = 32;
    /// Room for comparing in words however short the text is.
    private static final int SLACK = Swar.SLACK + JsonName.LONGEST;
    private static final int MAX_PLAIN_DIGITS = 15;

    private byte[] bytes;
    private int length;
    private int limit;
    private boolean cut;
    /// The last unit, and the length after it where it is a high surrogate.
    private int highSurrogate;
    private int afterHigh = NONE;

    public JsonText(int capacity) {
        bytes = new byte[capacity + SLACK];
    }

    /// Empties it, to take up to `newLimit` bytes.
    public void begin(int newLimit) {
        if (newLimit > bytes.length - SLACK) {
            bytes = new byte[newLimit + SLACK];
        }
        limit = newLimit;
        length = 0;
        cut = false;
        afterHigh = NONE;
    }

    /// Appends [from, to) of an array with the usual slack.
    public void append(byte[] source, int from, int to) {
        int count = Math.min(to - from, limit - length);
        if (count > SHORT) {
            System.arraycopy(source, from, bytes, length, count);
        } else {
            // A name is shorter than what setting up a copy costs; the slack takes what is too much of the last word.
            for (int i = 0; i < count; i += 8) {
                Swar.putWord(bytes, length + i, Swar.word(source, from + i));
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

    /// Appends an escaped UTF-16 unit; a pair of surrogates becomes one character, a lone one is kept in its three-byte
    /// form, which no name is equal to.
    void appendUnit(int unit) {
        boolean pair = afterHigh == length && Character.isLowSurrogate((char) unit) && !cut;
        if (pair) {
            length -= 3;
            appendPoint(Character.toCodePoint((char) highSurrogate, (char) unit));
        } else {
            appendPlain(unit);
        }
        afterHigh = Character.isHighSurrogate((char) unit) ? length : NONE;
        highSurrogate = unit;
    }

    private void appendPoint(int point) {
        append(0xf0 | (point >> 18));
        append(0x80 | ((point >> 12) & 0x3f));
        append(0x80 | ((point >> 6) & 0x3f));
        append(0x80 | (point & 0x3f));
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

    byte[] bytes() {
        return bytes;
    }

    /// Whether it is exactly this name.
    public boolean is(JsonName name) {
        return !cut && name.matches(bytes, 0, length);
    }

    /// Whether it is exactly this text, given in UTF-8.
    public boolean is(byte[] utf8) {
        return !cut && Arrays.equals(bytes, 0, length, utf8, 0, utf8.length);
    }

    /// A hash of the bytes, to remember that a key was there without keeping it.
    public long hash() {
        return hash(bytes, length);
    }

    /// The same hash of a name one asks for.
    public static long hash(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return hash(ByteBlock.slack(utf8), utf8.length);
    }

    private static long hash(byte[] bytes, int length) {
        long hash = length;
        for (int i = 0; i < length; i += 8) {
            hash = (hash ^ Swar.head(Swar.word(bytes, i), length - i)) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
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
