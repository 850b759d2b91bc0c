package io.deltallm.codec.dialect;

import io.deltallm.codec.frame.SseCutter;
import java.nio.charset.StandardCharsets;

/// Takes the data out of one SSE event, line by line, and hands it to the finder. Several `data:` lines are one text;
/// comments and other fields are passed over. The event may be cut anywhere. Confined to one exchange.
final class SseData {
    private static final byte[] FIELD = "data:".getBytes(StandardCharsets.US_ASCII);

    /// What the line at hand is.
    private enum Line {
        /// Begins like `data:` so far.
        NAME,
        /// A data line, whose value has begun.
        DATA,
        /// Another field, or a comment.
        OTHER
    }

    private final UsageFinder finder;
    private Line line = Line.NAME;
    private int matched;
    private boolean seen;

    SseData(UsageFinder finder) {
        this.finder = finder;
    }

    void begin() {
        beginLine();
        seen = false;
    }

    /// Whether there was a data line.
    boolean seen() {
        return seen;
    }

    void feed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (line == Line.NAME) {
                at = name(bytes[at], at);
                continue;
            }
            int end = SseCutter.lineEnd(bytes, at, to);
            if (line == Line.DATA) {
                finder.feed(bytes, at, end);
            }
            if (end < to) {
                beginLine();
            }
            at = end + 1;
        }
    }

    private int name(byte value, int at) {
        if (value == FIELD[matched]) {
            if (++matched == FIELD.length) {
                line = Line.DATA;
                seen = true;
            }
            return at + 1;
        }
        if (value == '\n' || value == '\r') {
            beginLine();
            return at + 1;
        }
        line = Line.OTHER;
        return at;
    }

    private void beginLine() {
        line = Line.NAME;
        matched = 0;
    }

    /// Whether a whole event has a data line.
    static boolean isData(byte[] bytes, int from, int end) {
        int at = from;
        while (at + FIELD.length <= end) {
            if (bytes[at] == 'd' && beginsField(bytes, at)) {
                return true;
            }
            at = SseCutter.lineEnd(bytes, at, end) + 1;
        }
        return false;
    }

    private static boolean beginsField(byte[] bytes, int at) {
        for (int i = 1; i < FIELD.length; i++) {
            if (bytes[at + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
