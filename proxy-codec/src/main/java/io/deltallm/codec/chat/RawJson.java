package io.deltallm.codec.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One JSON value as the bytes it was written in: what travels through the hub without being taken apart. Strings stay
/// escaped, so that a text goes from one wire format to another in one copy.
///
/// A value inside a [ChatEvent] is a view of the reader's buffer and is valid only until the call that hands it over
/// returns; [#copy] keeps it. Values inside a [ChatRequest] may be kept.
///
/// @param bytes UTF-8; never written to
/// @param start the first byte of the value, a string's opening quote
/// @param end the index after its last byte
@SuppressWarnings("ArrayRecordComponent") // a view; equals and hashCode look at what it shows
public record RawJson(byte[] bytes, int start, int end) {
    public static final RawJson EMPTY_STRING = ofLiteral("\"\"");
    public static final RawJson EMPTY_OBJECT = ofLiteral("{}");

    /// A value that is JSON already.
    public static RawJson ofLiteral(String json) {
        byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
        return new RawJson(utf8, 0, utf8.length);
    }

    /// The JSON string of a text.
    public static RawJson ofText(String text) {
        return ofLiteral(JsonQuotes.quoted(text));
    }

    public int length() {
        return end - start;
    }

    public boolean isString() {
        return length() >= 2 && bytes[start] == '"';
    }

    public boolean isObject() {
        return length() >= 2 && bytes[start] == '{';
    }

    public boolean isArray() {
        return length() >= 2 && bytes[start] == '[';
    }

    public boolean isNull() {
        return length() == 4 && bytes[start] == 'n';
    }

    /// Whether it is a string without any character.
    public boolean isEmptyString() {
        return length() == 2 && bytes[start] == '"';
    }

    /// The text of a JSON string.
    ///
    /// @throws IllegalStateException if it is no string
    public String text() {
        if (!isString()) {
            throw new IllegalStateException("no JSON string");
        }
        return JsonQuotes.unquoted(bytes, start + 1, end - 1);
    }

    /// The JSON as it is written.
    public String json() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /// The same value in bytes of its own.
    public RawJson copy() {
        return new RawJson(Arrays.copyOfRange(bytes, start, end), 0, end - start);
    }

    /// Equal are values written in the same bytes.
    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(bytes, start, end, that.bytes, that.start, that.end);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return json();
    }
}
