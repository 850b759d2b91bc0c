package io.deltallm.codec.json;

import io.deltallm.codec.json.JsonVisitor.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Walks one JSON object (RFC 8259), fed in pieces cut anywhere, and tells a visitor what it meets. Strict about the
/// grammar; the one thing it leaves to the reader of the strings is whether their bytes are valid UTF-8.
///
/// It never looks back, so nothing but the names it was asked for is kept. Strings nobody asked for are skipped eight
/// bytes at a time. Offsets count from the first byte of the first piece.
///
/// Confined to one connection; reused by [#begin]. Borrows what it is fed.
public final class JsonWalker {

    /// What the next byte may be.
    private enum State {
        /// The document's opening brace.
        DOCUMENT,
        /// Any value.
        VALUE,
        /// The first element of an array, or its end.
        ELEMENT_OR_END,
        /// The first key of an object, or its end.
        KEY_OR_END,
        /// A key, after a comma.
        KEY,
        /// The colon after a key.
        COLON,
        /// A comma, or the end of the container.
        COMMA_OR_END,
        /// Within a string.
        STRING,
        /// After a backslash.
        ESCAPE,
        /// Within the four hexadecimal digits of an escape.
        HEX,
        /// Within a number.
        NUMBER,
        /// Within `true`, `false` or `null`.
        LITERAL,
        /// Nothing but white space: the document has ended.
        DONE,
        /// Nothing: the document is refused.
        BROKEN
    }

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 64;
    /// By the character after a backslash, what both stand for; -1 where that is no escape of its own.
    private static final byte[] UNESCAPED = escapes();

    private final JsonVisitor visitor;
    private final int keyDepth;
    private final boolean[] objects;
    private final JsonText key = new JsonText(KEY_BYTES);
    private final JsonText text = new JsonText(KEY_BYTES);
    private final JsonNumber number = new JsonNumber();

    private State state = State.DOCUMENT;
    private int depth;
    private boolean inKey;
    private @Nullable JsonText capturing;
    private int captureLimit;
    private int hexLeft;
    private int hexValue;
    private byte[] literal = TRUE;
    private int literalMatched;
    private long base;
    private long offset;
    private long tokenStart;
    private long tokenEnd;
    private @Nullable String problem;

    /// @param maxDepth how many containers may be open at once
    /// @param keyDepth down to which depth the visitor is told keys
    public JsonWalker(JsonVisitor visitor, int maxDepth, int keyDepth) {
        this.visitor = visitor;
        this.keyDepth = keyDepth;
        this.objects = new boolean[maxDepth + 1];
    }

    /// Forgets everything: the next byte is the first of a new document.
    public void begin() {
        state = State.DOCUMENT;
        depth = 0;
        capturing = null;
        captureLimit = 0;
        offset = 0;
        problem = null;
    }

    /// Reads on; returns the index after the last byte it took, which is before `to` only where the document ended or
    /// was refused.
    public int feed(ByteBuffer view, int from, int to) {
        base = offset - from;
        int at = from;
        while (at < to && state.compareTo(State.DONE) < 0) {
            at = step(view, at, to);
        }
        offset = base + at;
        return at;
    }

    /// Reads what follows the document: anything but white space refuses it.
    public void feedTrailing(ByteBuffer view, int from, int to) {
        base = offset - from;
        int at = from;
        while (at < to && isSpace(view.get(at))) {
            at++;
        }
        offset = base + at;
        if (at < to && state == State.DONE) {
            fail(at, "nothing but white space is expected after the closing brace");
        }
    }

    private int step(ByteBuffer view, int at, int to) {
        return switch (state) {
            case STRING -> string(view, at, to);
            case ESCAPE -> escape(view.get(at), at);
            case HEX -> hex(view.get(at), at);
            case NUMBER -> digits(view, at, to);
            case LITERAL -> literal(view.get(at), at);
            default -> structure(view, at, to);
        };
    }

    private int structure(ByteBuffer view, int at, int to) {
        byte value = view.get(at);
        if (isSpace(value)) {
            return at + 1;
        }
        return switch (state) {
            case KEY_OR_END -> value == '}' ? close(at) : key(view, at, to);
            case KEY -> key(view, at, to);
            case COLON -> value == ':' ? become(State.VALUE, at) : fail(at, "expected ':' after a key");
            case COMMA_OR_END -> commaOrEnd(value, at);
            case ELEMENT_OR_END -> value == ']' ? close(at) : value(view, at, to);
            case DOCUMENT -> value == '{' ? open(true, at) : fail(at, "expected a JSON object, beginning with '{'");
            default -> value(view, at, to);
        };
    }

    private int commaOrEnd(byte value, int at) {
        boolean object = objects[depth];
        if (value == ',') {
            return become(object ? State.KEY : State.VALUE, at);
        }
        if (value == (object ? '}' : ']')) {
            return close(at);
        }
        return fail(at, object ? "expected ',' or '}' in an object" : "expected ',' or ']' in an array");
    }

    private int key(ByteBuffer view, int at, int to) {
        if (view.get(at) != '"') {
            return fail(at, "expected a key in double quotes");
        }
        inKey = true;
        capturing = depth <= keyDepth ? key : null;
        if (capturing != null) {
            key.begin(KEY_BYTES);
        }
        captureLimit = 0;
        tokenStart = base + at;
        state = State.STRING;
        return string(view, at + 1, to);
    }

    private int value(ByteBuffer view, int at, int to) {
        tokenStart = base + at;
        byte value = view.get(at);
        return switch (value) {
            case '"' -> beginString(view, at, to);
            case '{' -> open(true, at);
            case '[' -> open(false, at);
            case 't' -> beginLiteral(TRUE, at);
            case 'f' -> beginLiteral(FALSE, at);
            case 'n' -> beginLiteral(NULL, at);
            default -> beginNumber(value, at);
        };
    }

    private int beginString(ByteBuffer view, int at, int to) {
        inKey = false;
        beginCapture();
        state = State.STRING;
        return string(view, at + 1, to);
    }

    private int beginLiteral(byte[] expected, int at) {
        literal = expected;
        literalMatched = 1;
        return become(State.LITERAL, at);
    }

    private int beginNumber(byte value, int at) {
        if (!number.begin(value)) {
            return fail(at, "expected a value");
        }
        beginCapture();
        if (capturing != null) {
            capturing.append(value);
        }
        return become(State.NUMBER, at);
    }

    private void beginCapture() {
        capturing = null;
        if (captureLimit > 0) {
            capturing = text;
            text.begin(captureLimit);
            captureLimit = 0;
        }
    }

    private int open(boolean object, int at) {
        tokenStart = base + at;
        tokenEnd = tokenStart + 1;
        if (depth + 1 == objects.length) {
            return fail(at, "nested deeper than the limit of " + depth);
        }
        objects[++depth] = object;
        state = object ? State.KEY_OR_END : State.ELEMENT_OR_END;
        captureLimit = 0;
        visitor.open(this, object);
        return at + 1;
    }

    private int close(int at) {
        tokenEnd = base + at + 1;
        boolean object = objects[depth];
        state = depth == 1 ? State.DONE : State.COMMA_OR_END;
        visitor.close(this, object);
        depth--;
        return at + 1;
    }

    private int string(ByteBuffer view, int from, int to) {
        int at = from;
        while (true) {
            int stop = Swar.stringStop(view, at, to);
            if (capturing != null) {
                capturing.append(view, at, stop);
            }
            if (stop == to) {
                return to;
            }
            byte value = view.get(stop);
            if (value == '"') {
                return endString(view, stop, to);
            }
            if (value != '\\') {
                return fail(stop, "a control character in a string has to be escaped");
            }
            // Prompts are full of \n and \": stay in this loop for those nobody wants to read.
            if (capturing != null || stop + 1 >= to || unescaped(view.get(stop + 1)) < 0) {
                return become(State.ESCAPE, stop);
            }
            at = stop + 2;
        }
    }

    private int endString(ByteBuffer view, int at, int to) {
        tokenEnd = base + at + 1;
        int next = at + 1;
        if (!inKey) {
            return endScalar(Kind.STRING, next);
        }
        state = State.COLON;
        if (capturing != null) {
            visitor.key(this);
        }
        // Nearly always the colon follows at once.
        boolean colon = next < to && view.get(next) == ':' && state == State.COLON;
        return colon ? become(State.VALUE, next) : next;
    }

    private int endScalar(Kind kind, int next) {
        state = State.COMMA_OR_END;
        captureLimit = 0;
        visitor.scalar(this, kind);
        return next;
    }

    private int escape(byte value, int at) {
        if (value == 'u') {
            hexLeft = 4;
            hexValue = 0;
            return become(State.HEX, at);
        }
        int character = unescaped(value);
        if (character < 0) {
            return fail(at, "expected one of \" \\ / b f n r t u after a backslash");
        }
        if (capturing != null) {
            capturing.append(character);
        }
        return become(State.STRING, at);
    }

    private static int unescaped(byte value) {
        return value < 0 ? -1 : UNESCAPED[value];
    }

    private static byte[] escapes() {
        byte[] table = new byte[128];
        Arrays.fill(table, (byte) -1);
        String escaped = "\"\\/bfnrt";
        String plain = "\"\\/\b\f\n\r\t";
        for (int i = 0; i < escaped.length(); i++) {
            table[escaped.charAt(i)] = (byte) plain.charAt(i);
        }
        return table;
    }

    private int hex(byte value, int at) {
        int digit = Character.digit((char) (value & 0xff), 16);
        if (digit < 0 || value < 0) {
            return fail(at, "expected four hexadecimal digits after \\u");
        }
        hexValue = (hexValue << 4) | digit;
        if (--hexLeft > 0) {
            return at + 1;
        }
        if (capturing != null) {
            capturing.appendUnit(hexValue);
        }
        return become(State.STRING, at);
    }

    private int digits(ByteBuffer view, int from, int to) {
        int at = from;
        while (at < to && number.accept(view.get(at))) {
            at++;
        }
        if (capturing != null) {
            capturing.append(view, from, at);
        }
        if (at == to) {
            return to;
        }
        tokenEnd = base + at;
        return number.complete() ? endScalar(Kind.NUMBER, at) : fail(at, "expected a digit in a number");
    }

    private int literal(byte value, int at) {
        if (value != literal[literalMatched]) {
            return fail(at, "expected true, false or null");
        }
        if (++literalMatched < literal.length) {
            return at + 1;
        }
        tokenEnd = base + at + 1;
        return endScalar(literal == TRUE ? Kind.TRUE : literal == FALSE ? Kind.FALSE : Kind.NULL, at + 1);
    }

    private int become(State next, int at) {
        state = next;
        return at + 1;
    }

    private int fail(int at, String expected) {
        state = State.BROKEN;
        problem = "byte " + (base + at) + ": " + expected;
        return at;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    /// Keeps the text of the value that comes next, up to `maxBytes`. For use at its key, or at an array's opening.
    public void capture(int maxBytes) {
        captureLimit = maxBytes;
    }

    /// Ends the walk: the visitor has seen enough, or something it refuses.
    public void stop() {
        state = State.BROKEN;
    }

    /// How many containers are open.
    public int depth() {
        return depth;
    }

    /// The last key of the depths whose keys are told.
    public JsonText key() {
        return key;
    }

    /// The text of the last value, when it was asked for.
    public JsonText text() {
        return text;
    }

    /// Where the current token begins.
    public long tokenStart() {
        return tokenStart;
    }

    /// The offset after the current token.
    public long tokenEnd() {
        return tokenEnd;
    }

    /// Whether the document has ended.
    public boolean done() {
        return state == State.DONE;
    }

    /// What was wrong and where, or null.
    public @Nullable String problem() {
        return problem;
    }

    /// What was read so far.
    public long offset() {
        return offset;
    }
}
