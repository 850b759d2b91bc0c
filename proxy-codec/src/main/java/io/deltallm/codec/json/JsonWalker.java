package io.deltallm.codec.json;

import io.deltallm.codec.json.JsonVisitor.Kind;
import org.jspecify.annotations.Nullable;

/// Walks one JSON object (RFC 8259), fed in pieces cut anywhere, and tells a visitor what it meets. Strict about the
/// grammar; the one thing it leaves to the reader of the strings is whether their bytes are valid UTF-8.
///
/// It never looks back, so nothing but the names it was asked for is kept. Offsets count from the first byte of the
/// first piece.
///
/// ## How it is quick
/// A step of the state machine costs more than most tokens. So members written the usual way and whole in the piece are
/// read one after the other without it, and a value takes the comma or brace behind it along; what is cut by a piece's
/// end, or written unusually, is read by the machine. Strings are skipped eight bytes at a time; numbers and literals that stand
/// whole in the piece are taken at once; and below the depth that the visitor reads, nothing is told.
///
/// Confined to one connection; reused by [#begin]. Borrows what it is fed, which needs the slack of [Swar#SLACK].
public final class JsonWalker extends JsonPosition {

    private final JsonVisitor visitor;
    private final int toldDepth;
    private final boolean[] objects;
    private final JsonStringReader string = new JsonStringReader();
    private final JsonWordReader word = new JsonWordReader();

    private boolean inKey;
    private long base;
    private long offset;

    /// @param maxDepth how many containers may be open at once
    /// @param toldDepth down to which depth the visitor is told keys and scalars
    public JsonWalker(JsonVisitor visitor, int maxDepth, int toldDepth) {
        this.visitor = visitor;
        this.toldDepth = toldDepth;
        this.objects = new boolean[maxDepth + 1];
    }

    /// Forgets everything: the next byte is the first of a new document.
    public void begin() {
        state = JsonState.DOCUMENT;
        depth = 0;
        captureLimit = 0;
        offset = 0;
        problem = null;
    }

    /// Reads on; returns the index after the last byte it took, which is before `to` only where the document ended or
    /// was refused.
    public int feed(byte[] bytes, int from, int to) {
        base = offset - from;
        int at = from;
        while (at < to && !state.ended()) {
            at = step(bytes, at, to);
        }
        offset = base + at;
        return at;
    }

    /// Reads what follows the document: anything but white space refuses it.
    public void feedTrailing(byte[] bytes, int from, int to) {
        base = offset - from;
        int at = skipSpace(bytes, from, to);
        offset = base + at;
        if (at < to && state == JsonState.DONE) {
            fail(at, "nothing but white space is expected after the closing brace");
        }
    }

    private int step(byte[] bytes, int at, int to) {
        return switch (state) {
            case STRING -> string(bytes, at, to);
            case WORD -> word(word.read(bytes, at, to), bytes, to);
            default -> structure(bytes, at, to);
        };
    }

    private int structure(byte[] bytes, int from, int to) {
        int at = skipSpace(bytes, from, to);
        if (at == to) {
            return to;
        }
        byte value = bytes[at];
        return switch (state) {
            case KEY_OR_END -> value == '}' ? close(bytes, at, to) : members(bytes, at, to);
            case KEY -> members(bytes, at, to);
            case COLON -> value == ':' ? become(JsonState.VALUE, at) : fail(at, "expected ':' after a key");
            case COMMA_OR_END -> commaOrEnd(bytes, at, to);
            case ELEMENT_OR_END -> value == ']' ? close(bytes, at, to) : value(bytes, at, to);
            case DOCUMENT -> value == '{' ? open(true, at) : fail(at, "expected a JSON object, beginning with '{'");
            default -> value(bytes, at, to);
        };
    }

    private int commaOrEnd(byte[] bytes, int at, int to) {
        boolean object = objects[depth];
        byte value = bytes[at];
        if (value == ',') {
            return become(object ? JsonState.KEY : JsonState.VALUE, at);
        }
        if (value == (object ? '}' : ']')) {
            return close(bytes, at, to);
        }
        return fail(at, object ? "expected ',' or '}' in an object" : "expected ',' or ']' in an array");
    }

    /// Members `"key":"value",` written the usual way and whole in the piece, up to the first that is not.
    private int members(byte[] bytes, int from, int to) {
        int at = from;
        while (bytes[at] == '"') {
            int keyEnd = Swar.stringStop(bytes, at + 1, to);
            if (keyEnd + 3 >= to || bytes[keyEnd] != '"' || bytes[keyEnd + 1] != ':') {
                break;
            }
            tellKey(bytes, at, keyEnd);
            int value = bytes[keyEnd + 2] == ' ' ? keyEnd + 3 : keyEnd + 2;
            if (state != JsonState.VALUE || isSpace(bytes[value])) {
                return value;
            }
            at = bytes[value] == '"' && captureLimit == 0
                    ? unseenString(bytes, value, to)
                    : value(bytes, value, to);
            if (state != JsonState.KEY || at == to) {
                return at;
            }
        }
        return isSpace(bytes[at]) ? at : key(bytes, at, to);
    }

    private int unseenString(byte[] bytes, int at, int to) {
        int end = Swar.stringEnd(bytes, at + 1, to);
        if (end == to || bytes[end] != '"') {
            return value(bytes, at, to);
        }
        tokenStart = base + at;
        return endScalar(Kind.STRING, bytes, end + 1, to);
    }

    private void tellKey(byte[] bytes, int at, int end) {
        captureLimit = 0;
        state = JsonState.VALUE;
        if (depth <= toldDepth) {
            tokenStart = base + at;
            tokenEnd = base + end + 1;
            key.begin(KEY_BYTES);
            key.append(bytes, at + 1, end);
            visitor.key(this);
        }
    }

    private int key(byte[] bytes, int at, int to) {
        if (bytes[at] != '"') {
            return fail(at, "expected a key in double quotes");
        }
        inKey = true;
        captureLimit = 0;
        boolean told = depth <= toldDepth;
        if (told) {
            key.begin(KEY_BYTES);
        }
        return beginString(told ? key : null, bytes, at, to);
    }

    private int value(byte[] bytes, int at, int to) {
        return switch (bytes[at]) {
            case '"' -> {
                inKey = false;
                yield beginString(capturing(), bytes, at, to);
            }
            case '{' -> open(true, at);
            case '[' -> open(false, at);
            default -> {
                tokenStart = base + at;
                yield word(word.begin(capturing(), bytes, at, to), bytes, to);
            }
        };
    }

    private @Nullable JsonText capturing() {
        if (captureLimit == 0) {
            return null;
        }
        text.begin(captureLimit);
        captureLimit = 0;
        return text;
    }

    private int beginString(@Nullable JsonText kept, byte[] bytes, int at, int to) {
        tokenStart = base + at;
        string.begin(kept);
        return string(bytes, at + 1, to);
    }

    private int string(byte[] bytes, int from, int to) {
        int end = string.read(bytes, from, to);
        if (end < 0) {
            state = JsonState.STRING;
            return end == JsonStringReader.CONTINUES
                    ? to
                    : fail(JsonStringReader.refusedAt(end), string.expected());
        }
        return inKey ? endKey(end) : endScalar(Kind.STRING, bytes, end, to);
    }

    private int endKey(int end) {
        tokenEnd = base + end;
        state = JsonState.COLON;
        if (depth <= toldDepth) {
            visitor.key(this);
        }
        return end;
    }

    private int word(int end, byte[] bytes, int to) {
        if (end >= 0) {
            return endScalar(word.kind(), bytes, end, to);
        }
        state = JsonState.WORD;
        return end == JsonStringReader.CONTINUES ? to : fail(JsonStringReader.refusedAt(end), word.expected());
    }

    private int endScalar(Kind kind, byte[] bytes, int end, int to) {
        tokenEnd = base + end;
        captureLimit = 0;
        state = JsonState.COMMA_OR_END;
        if (depth <= toldDepth) {
            visitor.scalar(this, kind);
        }
        return end < to && state == JsonState.COMMA_OR_END ? afterValue(bytes, end, to) : end;
    }

    /// Goes on over the comma or the brace that mostly follows a value at once.
    private int afterValue(byte[] bytes, int at, int to) {
        byte value = bytes[at];
        if (value == ',') {
            state = objects[depth] ? JsonState.KEY : JsonState.VALUE;
            return at + 1;
        }
        return value == '}' && objects[depth] ? close(bytes, at, to) : at;
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
        if (depth <= toldDepth + 1) {
            visitor.open(this, object);
        }
        return at + 1;
    }

    private int close(byte[] bytes, int at, int to) {
        tokenEnd = base + at + 1;
        state = depth == 1 ? JsonState.DONE : JsonState.COMMA_OR_END;
        if (depth <= toldDepth + 1) {
            visitor.close(this, objects[depth]);
        }
        depth--;
        boolean commaFollows = at + 1 < to && bytes[at + 1] == ',' && state == JsonState.COMMA_OR_END;
        return commaFollows ? become(objects[depth] ? JsonState.KEY : JsonState.VALUE, at + 1) : at + 1;
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

    private static int skipSpace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }
}
