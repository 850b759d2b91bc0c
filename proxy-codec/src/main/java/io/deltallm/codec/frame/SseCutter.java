package io.deltallm.codec.frame;

import io.deltallm.codec.json.Swar;
import java.nio.ByteBuffer;

/// Finds where the events of an SSE stream end: after a blank line, whichever line ends it uses (LF, CR LF or CR; see
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). The stream may be cut
/// anywhere.
///
/// A CR that is the last byte at hand ends its line at once, since nothing says that an LF will follow; should it
/// follow, it is told as [#leftover] and belongs to the event before.
///
/// Confined to one exchange; reused by [#begin].
public final class SseCutter {
    private boolean lineEmpty = true;
    private boolean afterReturn;
    private boolean leftoverDue;
    private boolean leftover;

    public void begin() {
        lineEmpty = true;
        afterReturn = false;
        leftoverDue = false;
        leftover = false;
    }

    /// The index after the current event, or -1 when it does not end within [from, to).
    public int next(ByteBuffer view, int from, int to) {
        leftover = leftoverDue && from < to && view.get(from) == '\n';
        if (from < to) {
            leftoverDue = false;
        }
        return leftover ? from + 1 : scan(view, from, to);
    }

    private int scan(ByteBuffer view, int from, int to) {
        int at = from;
        while (at < to) {
            byte value = view.get(at);
            if (value == '\n' && afterReturn) {
                afterReturn = false;
                at++;
            } else if (value != '\n' && value != '\r') {
                lineEmpty = false;
                afterReturn = false;
                at = lineEnd(view, at + 1, to);
            } else if (lineEmpty) {
                return endEvent(view, at, to);
            } else {
                lineEmpty = true;
                afterReturn = value == '\r';
                at++;
            }
        }
        return -1;
    }

    private int endEvent(ByteBuffer view, int at, int to) {
        afterReturn = false;
        if (view.get(at) == '\n') {
            return at + 1;
        }
        leftoverDue = at + 1 == to;
        return !leftoverDue && view.get(at + 1) == '\n' ? at + 2 : at + 1;
    }

    /// Whether what [#next] just told is no event, but the LF of the CR LF that ended the last one.
    public boolean leftover() {
        return leftover;
    }

    /// The first index in [at, to) of a CR or LF; `to` when there is none.
    public static int lineEnd(ByteBuffer view, int at, int to) {
        int index = at;
        while (index + 8 <= to) {
            long control = Swar.control(Swar.word(view, index));
            if (control == 0) {
                index += 8;
            } else {
                index += Swar.first(control);
                if (isLineEnd(view.get(index))) {
                    return index;
                }
                index++;
            }
        }
        while (index < to && !isLineEnd(view.get(index))) {
            index++;
        }
        return index;
    }

    private static boolean isLineEnd(byte value) {
        return value == '\n' || value == '\r';
    }
}
