package io.deltallm.codec.json;

import io.deltallm.codec.json.JsonVisitor.Kind;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Walks one JSON object (RFC 8259), fed in pieces cut anywhere, and tells a visitor what it meets. Strict about the
/// grammar; the one thing it leaves to the reader of the strings is whether their bytes are valid UTF-8.
///
/// It never looks back, so nothing but the names it was asked for is kept. Strings nobody asked for are skipped eight
/// bytes at a time. Offsets count from the first byte of the first piece.
///
/// Confined to one connection; reused by [#begin]. Borrows what it is fed.
public final class JsonWalker {

    private static final int KEY_BYTES = 64;

    private final JsonVisitor visitor;
    private final int keyDepth;
    private final boolean[] objects;
    private final JsonText key = new JsonText(KEY_BYTES);
    private final JsonText text = new JsonText(KEY_BYTES);
    private final JsonNumber number = new JsonNumber();
    private final JsonLiteral literal = new JsonLiteral();
    private final JsonEscape escape = new JsonEscape();

    private JsonState state = JsonState.DOCUMENT;
    private int depth;
    private boolean inKey;
    private @Nullable JsonText capturing;
    private int captureLimit;
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
        state = JsonState.DOCUMENT;
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
        while (at < to && !state.ended()) {
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
        if (at < to && state == JsonState.DONE) {
            fail(at, "nothing but white space is expected after the closing brace");
        }
    }

    private int step(ByteBuffer view, int at, int to) {
        return switch (state) {
            case STRING -> string(view, at, to);
            case ESCAPE -> escape(view.get(at), at);
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
            case COLON -> value == ':' ? become(JsonState.VALUE, at) : fail(at, "expected ':' after a key");
            case COMMA_OR_END -> commaOrEnd(value, at);
            case ELEMENT_OR_END -> value == ']' ? close(at) : value(view, at, to);
            case DOCUMENT -> value == '{' ? open(true, at) : fail(at, "expected a JSON object, beginning with '{'");
            default -> value(view, at, to);
        };
    }

    private int commaOrEnd(byte value, int at) {
        boolean object = objects[depth];
        if (value == ',') {
            return become(object ? JsonState.KEY : JsonState.VALUE, at);
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
        state = JsonState.STRING;
        return string(view, at + 1, to);
    }

    private int value(ByteBuffer view, int at, int to) {
        tokenStart = base + at;
        byte value = view.get(at);
        return switch (value) {
            case '"' -> beginString(view, at, to);
            case '{' -> open(true, at);
            case '[' -> open(false, at);
            default -> literal.begin(value) ? become(JsonState.LITERAL, at) : beginNumber(value, at);
        };
    }

    private int beginString(ByteBuffer view, int at, int to) {
        inKey = false;
        beginCapture();
        state = JsonState.STRING;
        return string(view, at + 1, to);
    }

    private int beginNumber(byte value, int at) {
        if (!number.begin(value)) {
            return fail(at, "expected a value");
        }
        beginCapture();
        if (capturing != null) {
            capturing.append(value);
        }
        return become(JsonState.NUMBER, at);
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
        state = object ? JsonState.KEY_OR_END : JsonState.ELEMENT_OR_END;
        captureLimit = 0;
        visitor.open(this, object);
        return at + 1;
    }

    private int close(int at) {
        tokenEnd = base + at + 1;
        boolean object = objects[depth];
        state = depth == 1 ? JsonState.DONE : JsonState.COMMA_OR_END;
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
            if (capturing != null || stop + 1 >= to || !JsonEscape.isPlain(view.get(stop + 1))) {
                escape.begin();
                return become(JsonState.ESCAPE, stop);
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
        state = JsonState.COLON;
        if (capturing != null) {
            visitor.key(this);
        }
        // Nearly always the colon follows at once.
        boolean colon = next < to && view.get(next) == ':' && state == JsonState.COLON;
        return colon ? become(JsonState.VALUE, next) : next;
    }

    private int endScalar(Kind kind, int next) {
        state = JsonState.COMMA_OR_END;
        captureLimit = 0;
        visitor.scalar(this, kind);
        return next;
    }

    private int escape(byte value, int at) {
        int unit = escape.accept(value);
        if (unit == JsonEscape.INVALID) {
            return fail(at, "expected one of \" \\ / b f n r t, or u and four hexadecimal digits, after a backslash");
        }
        if (unit == JsonEscape.PENDING) {
            return at + 1;
        }
        if (capturing != null) {
            capturing.appendUnit(unit);
        }
        return become(JsonState.STRING, at);
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
        if (!literal.accept(value)) {
            return fail(at, "expected true, false or null");
        }
        if (!literal.complete()) {
            return at + 1;
        }
        tokenEnd = base + at + 1;
        return endScalar(literal.kind(), at + 1);
    }

    private int become(JsonState next, int at) {
        state = next;
        return at + 1;
    }

    private int fail(int at, String expected) {
        state = JsonState.BROKEN;
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
        state = JsonState.BROKEN;
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
        return state == JsonState.DONE;
    }

    /// What was wrong and where, or null.
    public @Nullable String problem() {
        return problem;
    }
}
