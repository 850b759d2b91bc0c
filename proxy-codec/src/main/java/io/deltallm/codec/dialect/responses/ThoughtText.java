package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.RawJson;

/// The readable text of a `reasoning` item: its summary, or where that is empty the thoughts themselves.
final class ThoughtText {
    /// Between parts of a summary.
    static final String BORDER = "\n\n";

    private ThoughtText() {}

    static String of(ObjectFields item) {
        String summary = joined(item, "summary");
        return summary.isEmpty() ? joined(item, "content") : summary;
    }

    private static String joined(ObjectFields item, String member) {
        StringBuilder text = new StringBuilder();
        item.each(member, (RawJson element, String where) -> {
            String piece = ObjectFields.of(element, where).text("text");
            if (piece != null && !piece.isEmpty()) {
                text.append(text.isEmpty() ? "" : BORDER).append(piece);
            }
        });
        return text.toString();
    }
}
