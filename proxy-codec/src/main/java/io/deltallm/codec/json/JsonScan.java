package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;

/// The bytes that a [JsonCursor] reads, and how tokens are passed over.
abstract sealed class JsonScan extends JsonPlace permits JsonCursor {
    byte[] bytes = {};
    int at;
    int end;

    /// The next byte that is no white space.
    final byte peekAny() {
        while (at < end) {
            byte value = bytes[at];
            if (value > ' ') {
                return value;
            }
            if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
                throw problem("has a byte that is no JSON");
            }
            at++;
        }
        throw problem("ends too early");
    }

    /// What the value at hand is, for messages.
    final String found() {
        return switch (bytes[at]) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> "a string";
            default -> {
                int stop = Math.min(end, at + 32);
                int to = at;
                while (to < stop && ",]} \r\n\t".indexOf(bytes[to]) < 0) {
                    to++;
                }
                yield new String(bytes, at, to - at, StandardCharsets.UTF_8);
            }
        };
    }

    final void skipScalar() {
        int start = at;
        while (at < end && isScalar(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw problem("is no JSON value");
        }
    }

    private static boolean isScalar(byte value) {
        return (value >= '0' && value <= '9')
                || (value >= 'a' && value <= 'z')
                || value == '-'
                || value == '+'
                || value == '.'
                || value == 'E';
    }

    final void skipNested() {
        int open = 0;
        while (at < end) {
            byte value = bytes[at++];
            if (value == '"') {
                at = stringEnd(at);
            } else if (value == '{' || value == '[') {
                open++;
            } else if ((value == '}' || value == ']') && --open == 0) {
                return;
            }
        }
        throw problem("ends too early");
    }

    /// The index behind the quote that closes the string whose text begins at `from`.
    final int stringEnd(int from) {
        int index = stringStop(from);
        while (index < end && bytes[index] == '\\') {
            index = stringStop(escapeEnd(index));
        }
        if (index >= end) {
            at = end;
            throw problem("ends in the middle of a string");
        }
        if (bytes[index] != '"') {
            throw problem("has a control character in a string");
        }
        return index + 1;
    }

    /// The index behind the escape that begins at `from`. A wrong one would go on to readers who refuse it.
    private int escapeEnd(int from) {
        if (from + 1 >= end) {
            return end;
        }
        if (JsonEscape.isPlain(bytes[from + 1])) {
            return from + 2;
        }
        boolean byNumber = bytes[from + 1] == 'u';
        for (int i = from + 2; byNumber && i < Math.min(end, from + 6); i++) {
            byNumber = bytes[i] >= 0 && Character.digit((char) bytes[i], 16) >= 0;
        }
        if (!byNumber) {
            throw problem("has a wrong escape in a string");
        }
        return from + 6;
    }

    /// The first index from `from` on of a quote, a backslash or a control character; at least `end` where there is none.
    final int stringStop(int from) {
        int index = from;
        // Behind the array's last word there is none to be read.
        int wordEnd = Math.min(end, bytes.length - 7);
        while (index < wordEnd) {
            long stop = Swar.stringStop(Swar.word(bytes, index));
            if (stop != 0) {
                return index + Swar.first(stop);
            }
            index += 8;
        }
        while (index < end && bytes[index] != '"' && bytes[index] != '\\' && (bytes[index] < 0 || bytes[index] >= ' ')) {
            index++;
        }
        return index;
    }
}
