package io.deltallm.codec.frame;

import io.netty.buffer.ByteBuf;

/// Takes a whole body for one frame: plain replies and errors.
public final class BodyCutter implements FrameCutter {
    private final FrameBytes kept = new FrameBytes();
    private final Frame frame = new Frame();

    @Override
    public void feed(ByteBuf piece, FrameSink sink) {
        kept.append(piece);
    }

    @Override
    public void end(FrameSink sink) {
        sink.accept(frame.set(kept.array(), kept.start(), kept.end(), ""));
    }

    @Override
    public int held() {
        return kept.end() - kept.start();
    }
}
