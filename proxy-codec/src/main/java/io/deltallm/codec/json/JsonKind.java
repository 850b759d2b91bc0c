package io.deltallm.codec.json;

/// What a JSON value is (RFC 8259, section 3).
public enum JsonKind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    private final String described;

    JsonKind(String described) {
        this.described = described;
    }

    /// For messages: "an object".
    public String described() {
        return described;
    }
}
