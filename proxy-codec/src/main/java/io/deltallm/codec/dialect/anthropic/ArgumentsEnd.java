package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.RawJson;

/// Tells when a call's arguments, which come in pieces, are whole: at the bracket that closes the first. Confined to its
/// writer.
final class ArgumentsEnd {
    private int depth;
    private boolean begun;
    private boolean empty = true;
    private boolean quoted;
    private boolean escaped;

    void begin() {
        depth = 0;
        begun = false;
        empty = true;
        quoted = false;
        escaped = false;
    }

    void close() {
        begun = true;
        empty = false;
        depth = 0;
    }

    /// Whether nothing but white space has come.
    boolean empty() {
        return empty;
    }

    boolean whole() {
        return begun && depth == 0;
    }

    /// @param piece a JSON string whose text is a piece of JSON: each quote and backslash of that stands escaped
    void feed(RawJson piece) {
        byte[] bytes = piece.bytes();
        for (int at = piece.start() + 1; at < piece.end() - 1; at++) {
            byte value = bytes[at];
            if (value == '\\') {
                at++;
                character(escape(bytes, at, piece.end()));
                at += bytes[at] == 'u' ? 4 : 0;
            } else {
                character(value);
            }
        }
    }

    /// What matters of an escape: quotes and backslashes; `\\u0022` and the like count as well.
    private static int escape(byte[] bytes, int at, int end) {
        if (bytes[at] != 'u') {
            return bytes[at] == '"' || bytes[at] == '\\' ? bytes[at] : ' ';
        }
        if (at + 4 >= end) {
            return 'u';
        }
        int high = Character.digit(bytes[at + 3], 16);
        int low = Character.digit(bytes[at + 4], 16);
        boolean ascii = bytes[at + 1] == '0' && bytes[at + 2] == '0';
        return ascii ? (high << 4) | low : 'u';
    }

    private void character(int value) {
        empty &= value == ' ' || value == '\n';
        if (quoted) {
            if (escaped) {
                escaped = false;
            } else if (value == '\\') {
                escaped = true;
            } else if (value == '"') {
                quoted = false;
            }
        } else if (value == '"') {
            quoted = true;
        } else if (value == '{' || value == '[') {
            begun = true;
            depth++;
        } else if (value == '}' || value == ']') {
            depth--;
        }
    }
}
