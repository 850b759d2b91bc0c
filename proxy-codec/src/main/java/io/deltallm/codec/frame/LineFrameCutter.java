package io.deltallm.codec.frame;

import io.deltallm.codec.json.Swar;
import io.netty.buffer.ByteBuf;

/// Cuts newline-delimited JSON: a frame is a line that is not blank. A last line without its end counts.
public final class LineFrameCutter implements FrameCutter {
    private final FrameBytes kept = new FrameBytes();
    private final Frame frame = new Frame();
    private int searched;

    @Override
    public void feed(ByteBuf piece, FrameSink sink) {
        int pending = searched;
        kept.append(piece);
        int from = kept.start() + pending;
        int at = Swar.indexOf(kept.array(), from, kept.end(), '\n');
        while (at < kept.end()) {
            tell(kept.start(), at, sink);
            kept.dropTo(at + 1);
            at = Swar.indexOf(kept.array(), kept.start(), kept.end(), '\n');
        }
        searched = kept.length();
    }

    @Override
    public void end(FrameSink sink) {
        tell(kept.start(), kept.end(), sink);
        kept.dropTo(kept.end());
        searched = 0;
    }

    private void tell(int from, int to, FrameSink sink) {
        int start = from;
        int end = to;
        while (start < end && kept.array()[start] <= ' ' && kept.array()[start] >= 0) {
            start++;
        }
        while (end > start && kept.array()[end - 1] <= ' ' && kept.array()[end - 1] >= 0) {
            end--;
        }
        if (start < end) {
            sink.accept(frame.set(kept.array(), start, end, ""));
        }
    }
}
