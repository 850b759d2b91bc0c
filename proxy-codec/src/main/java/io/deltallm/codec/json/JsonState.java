package io.deltallm.codec.json;

/// What the next byte of a document may be.
enum JsonState {
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
    /// Within a number, or within `true`, `false` or `null`.
    WORD,
    /// Nothing but white space: the document has ended.
    DONE,
    /// Nothing: the document is refused.
    BROKEN;

    boolean ended() {
        return this == DONE || this == BROKEN;
    }
}
