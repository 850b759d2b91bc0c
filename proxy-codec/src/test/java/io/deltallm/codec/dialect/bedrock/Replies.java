package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.netty.buffer.Unpooled;

/// Feeds replies to a dialect's readers.
final class Replies {

    private Replies() {}

    static TellingSink plain(UpstreamDialect dialect, String body) {
        TellingSink sink = new TellingSink();
        ReplyReader reader = dialect.replyReader(false);
        reader.read(Frame.of(body), sink);
        reader.end(sink);
        return sink;
    }

    /// In two pieces.
    static TellingSink stream(UpstreamDialect dialect, byte[] body, int split) {
        TellingSink sink = new TellingSink();
        FrameCutter cutter = dialect.streamCutter();
        ReplyReader reader = dialect.replyReader(true);
        cutter.feed(Unpooled.wrappedBuffer(body, 0, split), frame -> reader.read(frame, sink));
        cutter.feed(Unpooled.wrappedBuffer(body, split, body.length - split), frame -> reader.read(frame, sink));
        cutter.end(frame -> reader.read(frame, sink));
        reader.end(sink);
        return sink;
    }

    static TellingSink byteByByte(UpstreamDialect dialect, byte[] body) {
        TellingSink sink = new TellingSink();
        FrameCutter cutter = dialect.streamCutter();
        ReplyReader reader = dialect.replyReader(true);
        for (byte one : body) {
            cutter.feed(Unpooled.wrappedBuffer(new byte[] {one}), frame -> reader.read(frame, sink));
        }
        cutter.end(frame -> reader.read(frame, sink));
        reader.end(sink);
        return sink;
    }
}
