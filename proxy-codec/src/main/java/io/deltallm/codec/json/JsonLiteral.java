package io.deltallm.codec.json;

import io.deltallm.codec.json.JsonVisitor.Kind;
import org.jspecify.annotations.Nullable;

/// `true`, `false` or `null`, one byte at a time. Confined to its walker.
final class JsonLiteral {
    private static final JsonName TRUE = JsonName.of("true");
    private static final JsonName FALSE = JsonName.of("false");
    private static final JsonName NULL = JsonName.of("null");

    private Kind kind = Kind.NULL;
    private String expected = "null";
    private int matched;

    /// The kind of the literal that stands whole at `from`; null where it has to be read byte by byte.
    static @Nullable Kind whole(byte[] bytes, int from, int to) {
        if (from + 5 > to) {
            return null;
        }
        return switch (bytes[from]) {
            case 't' -> TRUE.matches(bytes, from, from + 4) ? Kind.TRUE : null;
            case 'f' -> FALSE.matches(bytes, from, from + 5) ? Kind.FALSE : null;
            case 'n' -> NULL.matches(bytes, from, from + 4) ? Kind.NULL : null;
            default -> null;
        };
    }

    static int length(Kind literal) {
        return literal == Kind.FALSE ? 5 : 4;
    }

    /// Takes the first byte; false where no literal begins so.
    boolean begin(byte value) {
        switch (value) {
            case 't' -> expect(Kind.TRUE, "true");
            case 'f' -> expect(Kind.FALSE, "false");
            case 'n' -> expect(Kind.NULL, "null");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void expect(Kind newKind, String text) {
        kind = newKind;
        expected = text;
        matched = 1;
    }

    /// Takes the next byte; false where another was expected.
    boolean accept(byte value) {
        return value == expected.charAt(matched++);
    }

    boolean complete() {
        return matched == expected.length();
    }

    Kind kind() {
        return kind;
    }
}
