package io.deltallm.codec.frame;

import io.deltallm.codec.json.Swar;

/// Finds where the events of an SSE stream end: after a blank line, whichever line ends it uses (LF, CR LF or CR; see
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). The stream may be cut
/// anywhere.
///
/// A CR that is the last byte at hand ends its line at once, since nothing says that an LF will follow; should it
/// follow, it is told as [#leftover] and belongs to the event before.
///
/// Confined to one exchange; reused by [#begin]. What it reads needs the slack of [Swar#SLACK].
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
    public int next(byte[] bytes, int from, int to) {
        leftover = leftoverDue && from < to && bytes[from] == '\n';
        if (from < to) {
            leftoverDue = false;
        }
        return leftover ? from + 1 : scan(bytes, from, to);
    }

    private int scan(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            byte value = bytes[at];
            if (value == '\n' && afterReturn) {
                afterReturn = false;
                at++;
            } else if (value != '\n' && value != '\r') {
                lineEmpty = false;
                afterReturn = false;
                at = lineEnd(bytes, at + 1, to);
            } else if (lineEmpty) {
                return endEvent(bytes, at, to);
            } else {
                lineEmpty = true;
                afterReturn = value == '\r';
                at++;
            }
        }
        return -1;
    }

    private int endEvent(byte[] bytes, int at, int to) {
        afterReturn = false;
        if (bytes[at] == '\n') {
            return at + 1;
        }
        leftoverDue = at + 1 == to;
        return !leftoverDue && bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    /// Whether what [#next] just told is no event, but the LF of the CR LF that ended the last one.
    public boolean leftover() {
        return leftover;
    }

    /// The first index in [at, to) of a CR or LF; `to` when there is none.
    public static int lineEnd(byte[] bytes, int at, int to) {
        int index = at;
        while (index < to) {
            long control = Swar.control(Swar.word(bytes, index));
            if (control == 0) {
                index += 8;
            } else {
                index += Swar.first(control);
                if (index < to && isLineEnd(bytes[index])) {
                    return index;
                }
                index++;
            }
        }
        return to;
    }

    private static boolean isLineEnd(byte value) {
        return value == '\n' || value == '\r';
    }
}
