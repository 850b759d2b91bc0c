package io.deltallm.codec.dialect;

import io.deltallm.codec.frame.SseCutter;
import java.nio.ByteBuffer;
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

    void feed(ByteBuffer view, int from, int to) {
        int at = from;
        while (at < to) {
            if (line == Line.NAME) {
                at = name(view.get(at), at);
                continue;
            }
            int end = SseCutter.lineEnd(view, at, to);
            if (line == Line.DATA) {
                finder.feed(view, at, end);
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
    static boolean isData(ByteBuffer view, int from, int end) {
        int at = from;
        while (at + FIELD.length <= end) {
            if (view.get(at) == 'd' && beginsField(view, at)) {
                return true;
            }
            at = SseCutter.lineEnd(view, at, end) + 1;
        }
        return false;
    }

    private static boolean beginsField(ByteBuffer view, int at) {
        for (int i = 1; i < FIELD.length; i++) {
            if (view.get(at + i) != FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
