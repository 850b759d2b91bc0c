package io.deltallm.codec.json;

import java.nio.ByteBuffer;

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
    public int feed(ByteBuffer view, int from, int to) {
        int at = from;
        while (at < to && !ended()) {
            at = inString ? string(view, at, to) : bracket(view, at, to);
        }
        return at;
    }

    private int bracket(ByteBuffer view, int from, int to) {
        int at = Swar.bracketOrQuote(view, from, to);
        if (at == to) {
            return to;
        }
        switch (view.get(at)) {
            case '"' -> inString = true;
            case '{', '[' -> open++;
            default -> open--;
        }
        return at + 1;
    }

    private int string(ByteBuffer view, int from, int to) {
        if (escaped) {
            escaped = false;
            return from + 1;
        }
        int at = Swar.stringStop(view, from, to);
        if (at == to) {
            return to;
        }
        byte value = view.get(at);
        inString = value != '"';
        escaped = value == '\\';
        return at + 1;
    }
}
