package io.deltallm.codec.dialect.responses;

/// How far an item has come.
enum ItemStatus {
    IN_PROGRESS("in_progress"),
    COMPLETED("completed"),
    /// The reply was cut short within it.
    INCOMPLETE("incomplete");

    private final String word;

    ItemStatus(String word) {
        this.word = word;
    }

    /// As the format has it.
    String word() {
        return word;
    }
}
