package io.deltallm.codec.json;

import org.jspecify.annotations.Nullable;

/// Reads one string after its opening quote, cut anywhere, and keeps its text where somebody wants it. Confined to its
/// walker.
final class JsonStringReader {
    /// The string goes on behind the piece.
    static final int CONTINUES = -1;

    /// What a refusal's index is subtracted from, so that it is negative and none of the above.
    private static final int REFUSED = -2;

    private final JsonEscape escape = new JsonEscape();
    private @Nullable JsonText kept;
    private boolean escaping;

    /// @param text where to append what is read, or null
    void begin(@Nullable JsonText text) {
        kept = text;
        escaping = false;
    }

    /// The index after the closing quote, [#CONTINUES], or where it is refused as [#refusedAt] reads it.
    int read(byte[] bytes, int from, int to) {
        int at = from;
        while (true) {
            if (escaping) {
                at = escape(bytes, at, to);
                if (at < 0) {
                    return at;
                }
            }
            int stop = Swar.stringStop(bytes, at, to);
            if (kept != null) {
                kept.append(bytes, at, stop);
            }
            if (stop == to) {
                return CONTINUES;
            }
            byte value = bytes[stop];
            if (value == '"') {
                return stop + 1;
            }
            if (value != '\\') {
                return refuse(stop);
            }
            at = escaped(bytes, stop + 1, to);
        }
    }

    /// Prompts are full of `\n` and `\"`: those nobody wants to read are passed at once.
    private int escaped(byte[] bytes, int at, int to) {
        if (kept == null && at < to && JsonEscape.isPlain(bytes[at])) {
            return at + 1;
        }
        escape.begin();
        escaping = true;
        return at;
    }

    private int escape(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            int unit = escape.accept(bytes[at]);
            if (unit == JsonEscape.INVALID) {
                return refuse(at);
            }
            if (unit != JsonEscape.PENDING) {
                if (kept != null) {
                    kept.appendUnit(unit);
                }
                escaping = false;
                return at + 1;
            }
        }
        return CONTINUES;
    }

    static int refuse(int at) {
        return REFUSED - at;
    }

    static int refusedAt(int result) {
        return REFUSED - result;
    }

    /// What would have been right where it is refused.
    String expected() {
        return escaping
                ? "expected one of \" \\ / b f n r t, or u and four hexadecimal digits, after a backslash"
                : "a control character in a string has to be escaped";
    }
}
