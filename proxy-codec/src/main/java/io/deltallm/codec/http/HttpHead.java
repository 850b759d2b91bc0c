package io.deltallm.codec.http;

import io.deltallm.codec.json.Swar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A head as the bytes it came in, with the positions of its fields beside them. One object a connection, filled anew for
/// each message, so that a head costs no allocation once its arrays have grown. Confined to the connection's event loop;
/// what it says is valid until the message has ended.
///
/// Fields keep their order, case and spacing. A field can be *dropped* (it stays in the bytes but is not written on) and
/// fields can be added behind those that came.
public abstract sealed class HttpHead permits RequestHead, ResponseHead {
    /// Positions kept per field: line start, name end, value start, value end, line end.
    private static final int STRIDE = 5;
    /// The id of a name that may be in the table: to be found there.
    private static final int LOOK_UP = -2;

    byte[] bytes = new byte[1024];
    int length;

    private int[] spans = new int[STRIDE * 32];
    private byte[] ids = new byte[32];
    private int count;
    private long present;

    void reset() {
        length = 0;
        count = 0;
        present = 0;
    }

    /// The bytes all positions refer to. Borrowed: read only, valid until the message has ended.
    public final byte[] bytes() {
        return bytes;
    }

    /// How many fields there are, dropped ones included.
    public final int count() {
        return count;
    }

    public final boolean has(HeaderName name) {
        return (present & 1L << name.ordinal()) != 0;
    }

    /// The index of the first field of this name, or -1.
    public final int find(HeaderName name) {
        return has(name) ? next(name, 0) : -1;
    }

    /// The index of the first field of this name at or after `from`, or -1.
    public final int next(HeaderName name, int from) {
        for (int i = from; i < count; i++) {
            if (ids[i] == name.ordinal()) {
                return i;
            }
        }
        return -1;
    }

    /// The index of the first field of this name, given in lower case, or -1. For names that are not in the table.
    public final int find(String lowerCaseName) {
        return next(lowerCaseName, 0);
    }

    private int next(String lowerCaseName, int from) {
        for (int i = from; i < count; i++) {
            if (lineEnd(i) > nameStart(i)
                    && Ascii.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), lowerCaseName)) {
                return i;
            }
        }
        return -1;
    }

    /// The known name of field `index`, or null for a name that is not in the table.
    public final @Nullable HeaderName name(int index) {
        return ids[index] < 0 ? null : HeaderName.at(ids[index]);
    }

    public final int nameStart(int index) {
        return spans[index * STRIDE];
    }

    public final int nameEnd(int index) {
        return spans[index * STRIDE + 1];
    }

    public final int valueStart(int index) {
        return spans[index * STRIDE + 2];
    }

    public final int valueEnd(int index) {
        return spans[index * STRIDE + 3];
    }

    /// The end of the whole line with its CRLF; the line starts where the name does.
    final int lineEnd(int index) {
        return spans[index * STRIDE + 4];
    }

    /// The value of field `index` as text.
    public final String value(int index) {
        return text(valueStart(index), valueEnd(index));
    }

    /// The value of the first field of this name, or null.
    public final @Nullable String value(HeaderName name) {
        int index = find(name);
        return index < 0 ? null : value(index);
    }

    public final boolean valueEquals(int index, String lowerCase) {
        return Ascii.equalsIgnoreCase(bytes, valueStart(index), valueEnd(index), lowerCase);
    }

    /// Whether the first field of this name begins with `lowerCase`, whatever its case: `text/event-stream; charset=…`.
    public final boolean valueStartsWith(HeaderName name, String lowerCase) {
        int index = find(name);
        if (index < 0 || valueEnd(index) - valueStart(index) < lowerCase.length()) {
            return false;
        }
        int start = valueStart(index);
        return Ascii.equalsIgnoreCase(bytes, start, start + lowerCase.length(), lowerCase);
    }

    /// Whether any field of this name lists the element.
    public final boolean lists(HeaderName name, String lowerCaseElement) {
        for (int i = find(name); i >= 0; i = next(name, i + 1)) {
            if (Ascii.listContains(bytes, valueStart(i), valueEnd(i), lowerCaseElement)) {
                return true;
            }
        }
        return false;
    }

    /// What all fields of this name, given in lower case, list together. For names that are not in the table.
    public final List<String> elements(String lowerCaseName) {
        int index = find(lowerCaseName);
        if (index < 0) {
            return List.of();
        }
        List<String> elements = new ArrayList<>();
        for (; index >= 0; index = next(lowerCaseName, index + 1)) {
            for (String element : value(index).split(",")) {
                if (!element.isBlank()) {
                    elements.add(element.strip());
                }
            }
        }
        return elements;
    }

    final String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /// Adds a field behind those that came. The value must hold no line break: it comes from the gateway or was checked.
    public final void add(byte[] lowerCaseName, byte[] value) {
        add(lowerCaseName, LOOK_UP, value);
    }

    /// Adds a field with a decimal value.
    public final void add(byte[] lowerCaseName, long value) {
        add(lowerCaseName, LOOK_UP, value);
    }

    /// Adds a field with the value that field `index` has.
    public final void addCopy(byte[] lowerCaseName, int index) {
        add(lowerCaseName, Arrays.copyOfRange(bytes, valueStart(index), valueEnd(index)));
    }

    public final void add(HeaderName name, byte[] value) {
        add(name.bytes(), name.ordinal(), value);
    }

    public final void add(HeaderName name, long value) {
        add(name.bytes(), name.ordinal(), value);
    }

    private void add(byte[] name, int id, byte[] value) {
        ensure(name.length + value.length + 4 + Swar.SLACK);
        int start = length;
        int nameEnd = put(start, name);
        int valueStart = putSeparator(nameEnd);
        endLine(start, nameEnd, valueStart, put(valueStart, value), id);
    }

    private void add(byte[] name, int id, long value) {
        ensure(name.length + 24 + Swar.SLACK);
        int start = length;
        int nameEnd = put(start, name);
        int valueStart = putSeparator(nameEnd);
        endLine(start, nameEnd, valueStart, Decimal.write(bytes, valueStart, value), id);
    }

    /// Takes every field of this name out of what is written on.
    public final void drop(HeaderName name) {
        if (!has(name)) {
            return;
        }
        for (int i = next(name, 0); i >= 0; i = next(name, i + 1)) {
            dropAt(i);
        }
    }

    /// Takes every field out whose name is in the set.
    final void drop(long mask) {
        if ((present & mask) == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (ids[i] >= 0 && (mask & 1L << ids[i]) != 0) {
                dropAt(i);
            }
        }
    }

    /// Takes every field of this name, given in lower case, out of what is written on. For names not in the table.
    public final void drop(String lowerCaseName) {
        for (int i = find(lowerCaseName); i >= 0; i = find(lowerCaseName)) {
            dropAt(i);
        }
    }

    /// Takes one field out of what is written on: its line becomes empty.
    final void dropAt(int index) {
        spans[index * STRIDE + 4] = nameStart(index);
        HeaderName name = name(index);
        ids[index] = -1;
        if (name != null && next(name, 0) < 0) {
            present &= ~(1L << name.ordinal());
        }
    }

    final void record(int start, int nameEnd, int valueStart, int valueEnd, int lineEnd, int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
            spans = Arrays.copyOf(spans, count * 2 * STRIDE);
        }
        int at = count * STRIDE;
        spans[at] = start;
        spans[at + 1] = nameEnd;
        spans[at + 2] = valueStart;
        spans[at + 3] = valueEnd;
        spans[at + 4] = lineEnd;
        ids[count++] = (byte) id;
        if (id >= 0) {
            present |= 1L << id;
        }
    }

    final void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    private int put(int at, byte[] source) {
        System.arraycopy(source, 0, bytes, at, source.length);
        return at + source.length;
    }

    private int putSeparator(int at) {
        bytes[at] = ':';
        bytes[at + 1] = ' ';
        return at + 2;
    }

    private void endLine(int start, int nameEnd, int valueStart, int valueEnd, int id) {
        bytes[valueEnd] = '\r';
        bytes[valueEnd + 1] = '\n';
        length = valueEnd + 2;
        int known = id == LOOK_UP ? HeaderNames.find(bytes, start, nameEnd) : id;
        record(start, nameEnd, valueStart, valueEnd, length, known);
    }
}
