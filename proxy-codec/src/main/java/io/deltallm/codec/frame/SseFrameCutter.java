package io.deltallm.codec.frame;

import io.deltallm.codec.json.Swar;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Cuts Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation):
/// a frame is an event's data, several `data` lines joined by a line feed, under the event's name. Comments, `id` and
/// `retry`, and events without data, tell nothing. Unlike a browser it takes a last event without its blank line: what a
/// provider has sent counts, and whether the reply is whole is for its reader to say.
public final class SseFrameCutter implements FrameCutter {
    private final SseCutter cutter = new SseCutter();
    private final FrameBytes kept = new FrameBytes();
    private final FrameBytes joined = new FrameBytes();
    private final Frame frame = new Frame();
    private final FrameSink passed;

    private int searched;
    private int dataFrom;
    private int dataTo;
    private int dataLines;
    private String name = "";
    private String lastName = "";

    public SseFrameCutter() {
        this(_ -> {});
    }

    /// @param passed hears of each event that ends with its blank line, after its frame, in the bytes it came in; of those
    ///     without data, too
    public SseFrameCutter(FrameSink passed) {
        this.passed = passed;
    }

    @Override
    public void feed(ByteBuf piece, FrameSink sink) {
        int pending = searched;
        kept.append(piece);
        cut(pending, sink);
    }

    /// The same, of bytes that another cutter keeps.
    void feed(byte[] bytes, int start, int end, FrameSink sink) {
        int pending = searched;
        kept.append(bytes, start, end);
        cut(pending, sink);
    }

    /// @param pending bytes that were searched before
    private void cut(int pending, FrameSink sink) {
        int from = kept.start() + pending;
        int next = cutter.next(kept.array(), from, kept.end());
        while (next >= 0) {
            if (!cutter.leftover()) {
                event(kept.start(), next, sink);
            }
            passed.accept(frame.set(kept.array(), kept.start(), next, ""));
            kept.dropTo(next);
            if (kept.length() == 0) {
                searched = 0;
                return;
            }
            next = cutter.next(kept.array(), kept.start(), kept.end());
        }
        searched = kept.length();
    }

    @Override
    public void end(FrameSink sink) {
        if (kept.length() > 0) {
            event(kept.start(), kept.end(), sink);
            kept.dropTo(kept.end());
        }
        searched = 0;
    }

    private void event(int from, int to, FrameSink sink) {
        dataLines = 0;
        name = "";
        byte[] bytes = kept.array();
        int at = from;
        while (at < to) {
            int lineEnd = SseCutter.lineEnd(bytes, at, to);
            line(bytes, at, lineEnd);
            at = lineEnd + 1;
        }
        if (dataLines == 1) {
            sink.accept(frame.set(bytes, dataFrom, dataTo, name));
        } else if (dataLines > 1) {
            sink.accept(frame.set(joined.array(), joined.start(), joined.end(), name));
            joined.dropTo(joined.end());
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (field(bytes, from, to, "data")) {
            data(bytes, value(bytes, from + 4, to), to);
        } else if (field(bytes, from, to, "event")) {
            name = name(bytes, value(bytes, from + 5, to), to);
        }
    }

    private void data(byte[] bytes, int from, int to) {
        if (dataLines == 1) {
            joined.append(bytes, dataFrom, dataTo);
        }
        if (dataLines > 0) {
            joined.append(LINE_FEED, 0, 1);
            joined.append(bytes, from, to);
        }
        dataLines++;
        dataFrom = from;
        dataTo = to;
    }

    private static final byte[] LINE_FEED = {'\n'};

    /// The same name as before is the usual case, and makes no string.
    private String name(byte[] bytes, int from, int to) {
        if (to - from == lastName.length()) {
            int same = 0;
            while (from + same < to && bytes[from + same] == lastName.charAt(same)) {
                same++;
            }
            if (from + same == to) {
                return lastName;
            }
        }
        lastName = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return lastName;
    }

    /// Whether the line is of this field, with a colon or without.
    private static boolean field(byte[] bytes, int from, int to, String field) {
        int colon = from + field.length();
        if (to < colon || (to > colon && bytes[colon] != ':')) {
            return false;
        }
        for (int i = 0; i < field.length(); i++) {
            if (bytes[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Behind the colon and one space.
    private static int value(byte[] bytes, int colon, int to) {
        if (colon >= to) {
            return to;
        }
        return colon + 1 < to && bytes[colon + 1] == ' ' ? colon + 2 : colon + 1;
    }
}
