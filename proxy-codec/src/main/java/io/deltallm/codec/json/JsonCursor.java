package io.deltallm.codec.json;

import io.deltallm.codec.chat.JsonQuotes;
import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads one whole JSON text from its first byte to its last, asked value by value, without a tree. Confined to its user
/// and reused by [#over].
///
/// ```java
/// cursor.object();
/// for (String name = cursor.name(); name != null; name = cursor.name()) {
///     switch (name) {
///         case "model" -> model = cursor.string();
///         case "messages" -> readMessages(cursor);
///         default -> {}                                // what is not asked for is passed over
///     }
/// }
/// ```
///
/// A value that was not read is passed over by the next [#name] or [#element]. What is passed over is followed by its
/// quotes and brackets only. Every method throws a [JsonProblem] where the text is not what the method expects.
public final class JsonCursor extends JsonScan {
    /// More of anything than there can be; few enough that some of them still add up to a long.
    private static final long MOST = 1_000_000_000_000L;

    private boolean pending;

    /// Starts at the value in [from, to) of `text`, which is read, never written.
    public JsonCursor over(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        depth = 0;
        pending = true;
        return this;
    }

    public JsonCursor over(RawJson value) {
        return over(value.bytes(), value.start(), value.end());
    }

    public JsonCursor over(byte[] text) {
        return over(text, 0, text.length);
    }

    /// What the value is that is to be read next.
    public JsonKind kind() {
        return switch (peek()) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"' -> JsonKind.STRING;
            case 't', 'f' -> JsonKind.BOOLEAN;
            case 'n' -> JsonKind.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonKind.NUMBER;
            default -> throw problem("is no JSON value");
        };
    }

    public boolean isNull() {
        return pending && peek() == 'n';
    }

    public boolean isString() {
        return kind() == JsonKind.STRING;
    }

    /// Passes over `null`: true if it was one.
    public boolean skipNull() {
        if (isNull()) {
            literal("null");
            return true;
        }
        return false;
    }

    /// Enters an object; its members follow by [#name].
    public void object() {
        expect('{', "an object");
        push(-1);
    }

    /// Enters an array; its elements follow by [#element].
    public void array() {
        expect('[', "an array");
        push(0);
    }

    /// The name of the object's next member, whose value is read next; null at the object's end, which is left.
    public @Nullable String name() {
        if (pending) {
            skip();
        }
        byte next = peekAny();
        if (next == '}') {
            leave();
            return null;
        }
        if (counts[depth] == -2) {
            if (next != ',') {
                throw problem("lacks a comma between its members");
            }
            at++;
            next = peekAny();
        }
        if (next != '"') {
            throw problem("has a member without a name");
        }
        String name = readName();
        counts[depth] = -2;
        names[depth] = name;
        if (peekAny() != ':') {
            throw problem("lacks a colon");
        }
        at++;
        pending = true;
        return name;
    }

    /// Whether the array has a next element, which is read next; at the end of the array it is left.
    public boolean element() {
        if (pending) {
            skip();
        }
        byte next = peekAny();
        if (next == ']') {
            leave();
            return false;
        }
        if (counts[depth] > 0) {
            if (next != ',') {
                throw problem("lacks a comma between its elements");
            }
            at++;
        }
        counts[depth]++;
        pending = true;
        return true;
    }

    /// A string's text.
    public String string() {
        return rawString().text();
    }

    /// A string's text; null for `null`.
    public @Nullable String stringOrNull() {
        return skipNull() ? null : string();
    }

    /// A string's text; for numbers and literals their text as it is written.
    public String anyText() {
        return isString() ? string() : raw().json();
    }

    /// A string, still quoted.
    public RawJson rawString() {
        if (peek() != '"') {
            throw expected("a string");
        }
        int start = at;
        at = stringEnd(at + 1);
        pending = false;
        return new RawJson(bytes, start, at);
    }

    /// A string, still quoted; null for `null`.
    public @Nullable RawJson rawStringOrNull() {
        return skipNull() ? null : rawString();
    }

    /// Any value as it is written.
    public RawJson raw() {
        peek();
        int start = at;
        skip();
        return new RawJson(bytes, start, at);
    }

    /// A whole number; a fraction is cut off.
    public long longValue() {
        at = numberStart();
        int start = at;
        boolean negative = bytes[at] == '-';
        long value = 0;
        int digits = 0;
        for (at += negative ? 1 : 0; at < end && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            value = value * 10 + bytes[at] - '0';
            digits++;
        }
        if (digits > 18 || (at < end && (bytes[at] == '.' || (bytes[at] | 0x20) == 'e'))) {
            at = start;
            return (long) anyDouble();
        }
        if (digits == 0) {
            throw expected("a number");
        }
        pending = false;
        return negative ? -value : value;
    }

    /// How many of something there are; none where it is no number, or below zero. What is beyond all bounds is cut off, so
    /// that sums of what a stranger counts do not overflow.
    public long count() {
        if (kind() != JsonKind.NUMBER) {
            skip();
            return 0;
        }
        return Math.clamp(longValue(), 0, MOST);
    }

    public @Nullable Long longOrNull() {
        return skipNull() ? null : Long.valueOf(longValue());
    }

    public double doubleValue() {
        double value = anyDouble();
        if (Double.isInfinite(value)) {
            throw problem("is a number beyond all bounds");
        }
        return value;
    }

    private double anyDouble() {
        at = numberStart();
        int start = at;
        skip();
        try {
            return Double.parseDouble(new String(bytes, start, at - start, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            at = start;
            throw expected("a number");
        }
    }

    public @Nullable Double doubleOrNull() {
        return skipNull() ? null : Double.valueOf(doubleValue());
    }

    public boolean booleanValue() {
        byte first = peek();
        if (first == 't') {
            literal("true");
            return true;
        }
        if (first == 'f') {
            literal("false");
            return false;
        }
        throw expected("true or false");
    }

    public @Nullable Boolean booleanOrNull() {
        return skipNull() ? null : Boolean.valueOf(booleanValue());
    }

    /// Passes over the next value.
    public void skip() {
        switch (peek()) {
            case '"' -> at = stringEnd(at + 1);
            case '{', '[' -> skipNested();
            default -> skipScalar();
        }
        pending = false;
    }

    /// Whether nothing but white space follows.
    public boolean atEnd() {
        int index = at;
        while (index < end && " \n\r\t".indexOf(bytes[index]) >= 0) {
            index++;
        }
        return index == end && depth == 0 && !pending;
    }

    private JsonProblem expected(String what) {
        return problem("is " + (at < end ? found() : "missing") + " (expected: " + what + ")");
    }

    /// The first byte of the value that is to be read.
    private byte peek() {
        if (!pending) {
            throw new IllegalStateException("the value at " + path() + " has been read");
        }
        return peekAny();
    }

    private void expect(char first, String what) {
        if (peek() != first) {
            throw expected(what);
        }
        at++;
        pending = false;
    }

    private void leave() {
        at++;
        pop();
        pending = false;
    }

    private String readName() {
        int start = at + 1;
        int stop = stringStop(start);
        at = stringEnd(stop);
        return stop == at - 1
                ? JsonVocabulary.name(bytes, start, stop)
                : JsonQuotes.unquoted(bytes, start, at - 1);
    }

    private void literal(String word) {
        int stop = at + word.length();
        if (stop > end) {
            throw problem("ends too early");
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[at + i] != word.charAt(i)) {
                throw expected(word);
            }
        }
        at = stop;
        pending = false;
    }

    private int numberStart() {
        byte first = peek();
        if (first != '-' && (first < '0' || first > '9')) {
            throw expected("a number");
        }
        return at;
    }
}
