package io.deltallm.codec.frame;

import io.netty.buffer.ByteBuf;

/// Cuts the bytes of a reply, which come in pieces cut anywhere, into [Frame]s. Confined to one attempt.
public interface FrameCutter {

    /// Borrows the piece and reads it from reader to writer index, without moving either. Tells each frame that is now
    /// whole.
    ///
    /// @throws FrameProblem if the bytes are not of this framing, or a frame is too long
    void feed(ByteBuf piece, FrameSink sink);

    /// The bytes have ended: tells what is left, if that is a frame.
    ///
    /// @throws FrameProblem if they ended within a frame that cannot be read so
    void end(FrameSink sink);

    /// Bytes that are told as one frame at the end, and not before; 0 where frames are told as they come.
    default int held() {
        return 0;
    }

    /// Who takes the frames.
    @FunctionalInterface
    interface FrameSink {
        /// @param frame borrowed for the call
        void accept(Frame frame);
    }
}
