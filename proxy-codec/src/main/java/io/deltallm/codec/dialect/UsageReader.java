package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Watches a reply that is relayed as it is, and reads what it used by its format's own reader: for formats that state
/// usage piece by piece. One a reply. What it cannot read it leaves alone, since the reply is not its business.
public final class UsageReader implements FrameCutter.FrameSink, ChatSink {
    private final FrameCutter cutter;
    private final ReplyReader reader;

    private @Nullable Usage usage;
    private long pieces;
    private boolean lost;

    public UsageReader(UpstreamDialect dialect, boolean streamed) {
        this.cutter = streamed ? dialect.streamCutter() : new BodyCutter();
        this.reader = dialect.replyReader(streamed);
    }

    /// Borrows the piece.
    public void feed(ByteBuf piece) {
        if (!lost) {
            try {
                cutter.feed(piece, this);
            } catch (Refused | JsonProblem | FrameProblem _) {
                lost = true;
            }
        }
    }

    /// The reply has ended, by its end or by being cut off.
    public void end() {
        if (!lost) {
            try {
                cutter.end(this);
            } catch (Refused | JsonProblem | FrameProblem _) {
                lost = true;
            }
        }
    }

    @Override
    public void accept(Frame frame) {
        reader.read(frame, this);
    }

    @Override
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.TextDelta _, ChatEvent.ThinkingDelta _, ChatEvent.ToolDelta _ -> pieces++;
            default -> {}
        }
    }

    /// What the provider states; null where it says nothing.
    public @Nullable Usage usage() {
        return usage;
    }

    /// How many events carried a piece of an answer.
    public long pieces() {
        return pieces;
    }
}
