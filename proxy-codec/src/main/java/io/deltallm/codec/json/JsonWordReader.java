package io.deltallm.codec.json;

import io.deltallm.codec.json.JsonVisitor.Kind;
import org.jspecify.annotations.Nullable;

/// Reads one value that is neither string nor container: a number, whose text it keeps where somebody wants it, or
/// `true`, `false`, `null`. At once where it stands whole in the piece, else byte by byte. Confined to its walker.
final class JsonWordReader {
    private final JsonNumber number = new JsonNumber();
    private final JsonLiteral literal = new JsonLiteral();
    private @Nullable JsonText kept;
    private Kind kind = Kind.NULL;
    private String expected = "";

    /// @param text where to append the digits of a number, or null
    /// @return the index after the word, [JsonStringReader#CONTINUES], or where it is refused as
    ///     [JsonStringReader#refusedAt] reads it
    int begin(@Nullable JsonText text, byte[] bytes, int from, int to) {
        kept = text;
        Kind whole = JsonLiteral.whole(bytes, from, to);
        if (whole != null) {
            kind = whole;
            return from + JsonLiteral.length(whole);
        }
        int end = JsonNumber.plainEnd(bytes, from, to);
        if (end < 0) {
            return beginSlowly(bytes, from, to);
        }
        kind = Kind.NUMBER;
        keep(bytes, from, end);
        return end;
    }

    private int beginSlowly(byte[] bytes, int at, int to) {
        if (literal.begin(bytes[at])) {
            kind = literal.kind();
        } else if (number.begin(bytes[at])) {
            kind = Kind.NUMBER;
            keep(bytes, at, at + 1);
        } else {
            return refuse(at, "expected a value");
        }
        return read(bytes, at + 1, to);
    }

    /// Goes on in the next piece.
    int read(byte[] bytes, int from, int to) {
        return kind == Kind.NUMBER ? digits(bytes, from, to) : letters(bytes, from, to);
    }

    private int digits(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && number.accept(bytes[at])) {
            at++;
        }
        keep(bytes, from, at);
        if (at == to) {
            return JsonStringReader.CONTINUES;
        }
        return number.complete() ? at : refuse(at, "expected a digit in a number");
    }

    private int letters(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!literal.accept(bytes[at])) {
                return refuse(at, "expected true, false or null");
            }
            if (literal.complete()) {
                return at + 1;
            }
        }
        return JsonStringReader.CONTINUES;
    }

    private void keep(byte[] bytes, int from, int to) {
        if (kept != null) {
            kept.append(bytes, from, to);
        }
    }

    private int refuse(int at, String wanted) {
        expected = wanted;
        return JsonStringReader.refuse(at);
    }

    Kind kind() {
        return kind;
    }

    /// What would have been right where it is refused.
    String expected() {
        return expected;
    }
}
