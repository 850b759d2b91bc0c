package io.deltallm.codec.frame;

import io.deltallm.codec.json.Swar;
import java.util.Arrays;

/// What the base64 text of a JSON string stands for, in an array with the slack of [Swar#SLACK] that is used again and
/// again: the JDK's decoder wants arrays of its own for each event. Confined to its cutter.
final class Base64Bytes {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte NONE = -1;
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, NONE);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private byte[] bytes = new byte[1024];
    private int length;

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// @throws FrameProblem if it is no base64
    void decode(byte[] text, int from, int to) {
        int room = (to - from) / 4 * 3 + 3 + Swar.SLACK;
        if (bytes.length < room) {
            bytes = new byte[Math.max(room, bytes.length * 2)];
        }
        length = 0;
        int word = 0;
        int digits = 0;
        int end = withoutPadding(text, from, to);
        for (int i = from; i < end; i++) {
            int digit = VALUES[text[i] & 0xFF];
            if (digit >= 0) {
                word = word << 6 | digit;
                if (++digits == 4) {
                    put(word, 3);
                    word = 0;
                    digits = 0;
                }
            } else if (!escapedSlash(text, i, end)) {
                throw new FrameProblem("A chunk of the event stream is no base64");
            }
        }
        rest(word, digits);
    }

    private void rest(int word, int digits) {
        switch (digits) {
            case 0 -> {}
            case 2 -> put(word << 12, 1);
            case 3 -> put(word << 6, 2);
            default -> throw new FrameProblem("A chunk of the event stream is base64 cut short");
        }
    }

    private void put(int word, int count) {
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) (word >> (16 - 8 * i));
        }
    }

    private static int withoutPadding(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] == '=') {
            end--;
        }
        return end;
    }

    /// JSON may write a slash as `\/`: the slash follows.
    private static boolean escapedSlash(byte[] text, int at, int end) {
        return text[at] == '\\' && at + 1 < end && text[at + 1] == '/';
    }
}
