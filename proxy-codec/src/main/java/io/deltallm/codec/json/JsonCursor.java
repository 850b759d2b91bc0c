package io.deltallm.codec.json;

import io.deltallm.codec.chat.JsonQuotes;
import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
public final class JsonCursor {
    private static final int MAX_DEPTH = 512;
    private static final int LONGEST_NAME_SHOWN = 64;
    private static final int LONGEST_PATH_SHOWN = 512;
    /// More of anything than there can be; few enough that some of them still add up to a long.
    private static final long MOST = 1_000_000_000_000L;

    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean pending;

    private int depth;
    private String[] names = new String[16];
    /// Elements begun in an array; -1 at the start of an object, -2 within one.
    private int[] counts = new int[16];

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
            return pop();
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
            pop();
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

    /// Where the value stands that is read, for messages: `messages[2].content`.
    public String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 1; i <= depth; i++) {
            if (counts[i] >= 0) {
                path.append('[').append(Math.max(0, counts[i] - 1)).append(']');
            } else if (counts[i] == -2) {
                path.append(path.isEmpty() ? "" : ".").append(shortened(names[i], LONGEST_NAME_SHOWN));
            }
        }
        return shortened(path.toString(), LONGEST_PATH_SHOWN);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    /// That this value is not what its reader needs.
    public JsonProblem problem(String what) {
        return new JsonProblem(path(), what);
    }

    private JsonProblem expected(String what) {
        return problem("is " + (at < end ? found() : "missing") + " (expected: " + what + ")");
    }

    private String found() {
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

    /// The first byte of the value that is to be read.
    private byte peek() {
        if (!pending) {
            throw new IllegalStateException("the value at " + path() + " has been read");
        }
        return peekAny();
    }

    private byte peekAny() {
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

    private void expect(char first, String what) {
        if (peek() != first) {
            throw expected(what);
        }
        at++;
        pending = false;
    }

    private void push(int count) {
        if (depth == MAX_DEPTH - 1) {
            throw problem("is nested too deeply");
        }
        depth++;
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            counts = Arrays.copyOf(counts, depth * 2);
        }
        counts[depth] = count;
    }

    private @Nullable String pop() {
        at++;
        depth--;
        pending = false;
        return null;
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

    private void skipScalar() {
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

    private void skipNested() {
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
    private int stringEnd(int from) {
        int index = stringStop(from);
        while (index < end && bytes[index] == '\\') {
            index = stringStop(index + 2);
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

    /// The first index from `from` on of a quote, a backslash or a control character; at least `end` where there is none.
    private int stringStop(int from) {
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
