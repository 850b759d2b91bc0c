package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.FinishReason;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/// What a reader told of one reply: every event as a line, and what they come to.
public final class HeardEvents implements ChatSink {
    private final List<String> lines = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private @Nullable Usage usage;
    private @Nullable FinishReason reason;
    private @Nullable GatewayError failure;
    private boolean started;

    /// A reply fed whole, which has to be heard the same when it comes byte by byte.
    public static HeardEvents of(UpstreamDialect dialect, boolean streamed, String body) {
        return of(dialect, streamed, body.getBytes(StandardCharsets.UTF_8));
    }

    public static HeardEvents of(UpstreamDialect dialect, boolean streamed, byte[] bytes) {
        HeardEvents whole = inPieces(dialect, streamed, bytes, Math.max(1, bytes.length));
        HeardEvents byteByByte = inPieces(dialect, streamed, bytes, 1);
        assertThat(byteByByte.lines).as("byte by byte").isEqualTo(whole.lines);
        return whole;
    }

    private static HeardEvents inPieces(UpstreamDialect dialect, boolean streamed, byte[] bytes, int size) {
        FrameCutter cutter = streamed ? dialect.streamCutter() : new BodyCutter();
        ReplyReader reader = dialect.replyReader(streamed);
        HeardEvents heard = new HeardEvents();
        FrameCutter.FrameSink frames = frame -> {
            if (heard.failure == null) {
                reader.read(frame, heard);
            }
        };
        ByteBuf buffer = new CountedBuffers().of(bytes);
        for (int at = 0; at < bytes.length; at += size) {
            cutter.feed(buffer.setIndex(at, Math.min(bytes.length, at + size)), frames);
        }
        buffer.release();
        cutter.end(frames);
        if (heard.failure == null) {
            reader.end(heard);
        }
        return heard;
    }

    @Override
    public void accept(ChatEvent event) {
        assertThat(failure).as("nothing follows a failure").isNull();
        lines.add(event.toString());
        switch (event) {
            case ChatEvent.Started _ -> {
                assertThat(started).as("started once").isFalse();
                started = true;
            }
            case ChatEvent.TextDelta(_, var piece) -> text.append(piece.text());
            case ChatEvent.ThinkingDelta(_, var piece) -> thoughts.append(piece.text());
            case ChatEvent.ToolStarted(_, var tool, var id, var name, _) -> {
                assertThat(tool).isEqualTo(tools.size());
                tools.add((id == null ? "" : id.text()) + " " + name.text() + " ");
            }
            case ChatEvent.ToolDelta(_, var tool, var piece) -> tools.set(tool, tools.get(tool) + piece.text());
            case ChatEvent.ToolArguments(_, var tool, var whole) -> tools.set(tool, tools.get(tool) + whole.json());
            case ChatEvent.Used(var used) -> usage = used;
            case ChatEvent.Stopped(_, var why, _) -> reason = why;
            case ChatEvent.Failed(var error) -> failure = error;
            default -> {}
        }
    }

    public List<String> lines() {
        return lines;
    }

    /// Each as `id name arguments`.
    public List<String> tools() {
        return tools;
    }

    public String text() {
        return text.toString();
    }

    public String thoughts() {
        return thoughts.toString();
    }

    public @Nullable Usage usage() {
        return usage;
    }

    public @Nullable FinishReason reason() {
        return reason;
    }

    public @Nullable GatewayError failure() {
        return failure;
    }

    /// An error reply's body, as a dialect reads it.
    public static GatewayError error(ErrorReader reader, int status, String body) {
        return reader.readError(status, ErrorReader.Fields.NONE, Frame.of(body));
    }
}
