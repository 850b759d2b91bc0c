package io.deltallm.codec.json;

/// Passes over what nobody wants to read, a string or everything within a container, eight bytes at a time and cut
/// anywhere. It trusts the grammar: only quotes and brackets are looked at. Confined to one reader.
public final class NestedValue {
    private int open;
    private boolean inString;
    private boolean escaped;

    /// The opening quote was read.
    public void beginString() {
        open = 0;
        inString = true;
        escaped = false;
    }

    /// The opening brace or bracket was read.
    public void beginContainer() {
        open = 1;
        inString = false;
        escaped = false;
    }

    /// Whether the value was passed to its end.
    public boolean ended() {
        return open == 0 && !inString;
    }

    /// Reads on; returns the index after the value, or `to` while it goes on.
    public int feed(byte[] bytes, int from, int to) {
        int at = inString ? string(bytes, from, to) : from;
        while (open > 0 && at < to) {
            at = bracket(bytes, at, to);
        }
        return at;
    }

    private int bracket(byte[] bytes, int from, int to) {
        int at = nextBracketOrQuote(bytes, from, to);
        if (at == to) {
            return to;
        }
        switch (bytes[at]) {
            case '"' -> {
                inString = true;
                return string(bytes, at + 1, to);
            }
            case '{', '[' -> open++;
            default -> open--;
        }
        return at + 1;
    }

    /// Between two strings there is mostly nothing but a colon or a comma.
    private static int nextBracketOrQuote(byte[] bytes, int from, int to) {
        byte between = bytes[from];
        boolean quoteFollows = (between == ':' || between == ',') && bytes[from + 1] == '"' && from + 1 < to;
        return quoteFollows ? from + 1 : Swar.bracketOrQuote(bytes, from, to);
    }

    private int string(byte[] bytes, int from, int to) {
        int at = from;
        if (escaped && at < to) {
            escaped = false;
            at++;
        }
        while (true) {
            at = Swar.stringStop(bytes, at, to);
            if (at == to) {
                return to;
            }
            byte value = bytes[at];
            if (value == '"') {
                inString = false;
                return at + 1;
            }
            at += value == '\\' ? 2 : 1;
            if (at > to) {
                escaped = true;
                return to;
            }
        }
    }
}
