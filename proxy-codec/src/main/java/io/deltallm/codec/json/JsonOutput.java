package io.deltallm.codec.json;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.JsonQuotes;
import io.deltallm.codec.chat.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Writes JSON, and the framing around it, into bytes of its own; commas come by themselves. Confined to its user and
/// reused by [#clear]. Whoever opens an object or array closes it.
///
/// No value breaks a line: JSON that others wrote over many lines becomes one, so that it may stand in an event.
public final class JsonOutput {
    private static final int FIRST_BYTES = 512;
    /// What is kept for the next event; more is for the one that needs it.
    private static final int MOST_KEPT_BYTES = 256 << 10;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private boolean comma;

    public JsonOutput clear() {
        if (bytes.length > MOST_KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        length = 0;
        comma = false;
        return this;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /// What was written, as a buffer of its own.
    public @Owned ByteBuf toBuffer(ByteBufAllocator alloc) {
        return alloc.directBuffer(length).writeBytes(bytes, 0, length);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// What was written, as one value.
    public RawJson toRaw() {
        return new RawJson(toBytes(), 0, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    public JsonOutput beginObject() {
        separate();
        return open('{');
    }

    public JsonOutput endObject() {
        return close('}');
    }

    public JsonOutput beginArray() {
        separate();
        return open('[');
    }

    public JsonOutput endArray() {
        return close(']');
    }

    /// A member's name, of characters that need no escape; its value follows.
    public JsonOutput name(String ascii) {
        separate();
        put('"');
        ascii(ascii);
        put('"');
        put(':');
        comma = false;
        return this;
    }

    /// A member's name of any characters; its value follows.
    public JsonOutput anyName(String name) {
        value(name);
        put(':');
        comma = false;
        return this;
    }

    public JsonOutput value(String text) {
        separate();
        utf8(JsonQuotes.quoted(text));
        return this;
    }

    public JsonOutput value(long number) {
        separate();
        if (number >= 0 && number < 10) {
            put((char) ('0' + number));
        } else {
            ascii(Long.toString(number));
        }
        return this;
    }

    /// A number as short as it can be: 1 rather than 1.0.
    public JsonOutput value(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return value((long) number);
        }
        separate();
        ascii(Double.toString(number));
        return this;
    }

    public JsonOutput value(boolean truth) {
        separate();
        ascii(truth ? "true" : "false");
        return this;
    }

    public JsonOutput value(RawJson json) {
        separate();
        int from = length;
        put(json.bytes(), json.start(), json.end());
        if (!json.isString()) {
            joinLines(from);
        }
        return this;
    }

    /// Within a string a control character is escaped; between tokens it is white space.
    private void joinLines(int from) {
        for (int i = from; i < length; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ') {
                bytes[i] = ' ';
            }
        }
    }

    public JsonOutput nullValue() {
        separate();
        ascii("null");
        return this;
    }

    public JsonOutput member(String name, String text) {
        return name(name).value(text);
    }

    public JsonOutput member(String name, long number) {
        return name(name).value(number);
    }

    public JsonOutput member(String name, double number) {
        return name(name).value(number);
    }

    public JsonOutput member(String name, boolean truth) {
        return name(name).value(truth);
    }

    public JsonOutput member(String name, RawJson json) {
        return name(name).value(json);
    }

    /// The member, if there is a value.
    public JsonOutput optional(String name, @Nullable String text) {
        return text == null ? this : member(name, text);
    }

    /// The member, if there is a value.
    public JsonOutput optional(String name, @Nullable Long number) {
        return number == null ? this : member(name, number.longValue());
    }

    /// The member, if there is a value.
    public JsonOutput optional(String name, @Nullable Double number) {
        return number == null ? this : member(name, number.doubleValue());
    }

    /// The member, if there is a value.
    public JsonOutput optional(String name, @Nullable Boolean truth) {
        return truth == null ? this : member(name, truth.booleanValue());
    }

    /// The member, if there is a value.
    public JsonOutput optional(String name, @Nullable RawJson json) {
        return json == null ? this : member(name, json);
    }

    /// The member, if there are any texts.
    public JsonOutput optional(String name, Collection<String> texts) {
        if (texts.isEmpty()) {
            return this;
        }
        name(name).beginArray();
        texts.forEach(this::value);
        return endArray();
    }

    /// Opens a string that is written in pieces.
    public JsonOutput beginString() {
        separate();
        put('"');
        return this;
    }

    public JsonOutput endString() {
        put('"');
        comma = true;
        return this;
    }

    /// Within a string: the text of a JSON string, in its own escapes.
    public JsonOutput stringPiece(RawJson jsonString) {
        put(jsonString.bytes(), jsonString.start() + 1, jsonString.end() - 1);
        return this;
    }

    /// Within a string: a text.
    public JsonOutput stringPiece(String text) {
        String quoted = JsonQuotes.quoted(text);
        utf8(quoted.substring(1, quoted.length() - 1));
        return this;
    }

    /// Within a string: the JSON itself as text, as tool arguments stand in a string.
    public JsonOutput jsonPiece(RawJson json) {
        for (int i = json.start(); i < json.end(); i++) {
            if (i == json.start() || bytes.length - length < 6) {
                ensure(json.end() - i + 6);
            }
            escaped(json.bytes()[i]);
        }
        return this;
    }

    /// The text of a JSON string, as the JSON that it is; the empty string is an empty object.
    ///
    /// The text is not checked: whoever does not know that it is JSON asks [JsonSyntax#isObject] before.
    public JsonOutput unquoted(RawJson jsonString) {
        String text = jsonString.text();
        separate();
        int from = length;
        utf8(text.isBlank() ? "{}" : text);
        joinLines(from);
        return this;
    }

    /// Bytes around JSON, as they are: framing. The next value needs no comma.
    public JsonOutput literal(String ascii) {
        ascii(ascii);
        comma = false;
        return this;
    }

    /// Bytes as they are: framing. The next value needs no comma.
    public JsonOutput literal(byte[] text) {
        return literal(text, 0, text.length);
    }

    /// Bytes as they are: framing, or what is passed on unread. The next value needs no comma.
    public JsonOutput literal(byte[] text, int from, int to) {
        put(text, from, to);
        comma = false;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
        comma = true;
    }

    private JsonOutput open(char bracket) {
        put(bracket);
        comma = false;
        return this;
    }

    private JsonOutput close(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void escaped(byte value) {
        if (value == '"' || value == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = value;
        } else if (value < 0 || value >= ' ') {
            bytes[length++] = value;
        } else if (value == '\n') {
            bytes[length++] = '\\';
            bytes[length++] = 'n';
        } else {
            bytes[length++] = '\\';
            bytes[length++] = 'u';
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = HEX[value >> 4];
            bytes[length++] = HEX[value & 15];
        }
    }

    @SuppressWarnings("deprecation") // the one copy that makes nothing: the text is ASCII
    private void ascii(String text) {
        int count = text.length();
        ensure(count);
        text.getBytes(0, count, bytes, length);
        length += count;
    }

    private void utf8(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        put(encoded, 0, encoded.length);
    }

    private void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    private void put(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
