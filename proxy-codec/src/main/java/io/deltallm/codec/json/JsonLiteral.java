package io.deltallm.codec.json;

import io.deltallm.codec.json.JsonVisitor.Kind;

/// `true`, `false` or `null`, one byte at a time. Confined to its walker.
final class JsonLiteral {
    private Kind kind = Kind.NULL;
    private String expected = "null";
    private int matched;

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
