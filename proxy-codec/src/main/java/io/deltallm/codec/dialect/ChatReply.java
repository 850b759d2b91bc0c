package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.netty.buffer.ByteBuf;

/// A chat's reply through the hub: bytes → frames → events → the client's bytes.
public final class ChatReply implements ReplyTranslation, FrameCutter.FrameSink, ChatSink {
    private final FrameCutter cutter;
    private final ReplyReader reader;
    private final ReplyWriter writer;
    private final boolean streamed;
    private final ReplyProgress progress = new ReplyProgress();

    /// @param events whether the provider's reply is a stream
    /// @param streamed whether the client's is
    public ChatReply(UpstreamDialect upstream, boolean events, boolean streamed, ReplyWriter writer) {
        this.cutter = events ? upstream.streamCutter() : new BodyCutter();
        this.reader = upstream.replyReader(events);
        this.writer = writer;
        this.streamed = streamed;
    }

    /// Some servers answer whole, though a stream was asked for: the client gets its stream all the same.
    public static boolean isWhole(Fields fields) {
        String type = fields.get("content-type");
        return type != null && type.startsWith("application/json");
    }

    @Override
    public void feed(ByteBuf piece) {
        progress.step(() -> cutter.feed(piece, this));
    }

    @Override
    public void end() {
        progress.step(() -> cutter.end(this));
        progress.step(() -> reader.end(this));
        progress.step(() -> writer.end(progress.output()));
    }

    @Override
    public void accept(Frame frame) {
        if (!progress.failed()) {
            reader.read(frame, this);
        }
    }

    @Override
    public void accept(ChatEvent event) {
        if (progress.failed()) {
            return;
        }
        progress.note(event);
        if (!progress.failed()) {
            writer.write(event, progress.output());
        }
    }

    @Override
    public void used(Usage stated) {
        accept(new ChatEvent.Used(stated));
    }

    @Override
    public int held() {
        return cutter.held();
    }

    @Override
    public ReplyProgress progress() {
        return progress;
    }

    @Override
    public boolean streamed() {
        return streamed;
    }
}
