package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A chat's reply through the hub: bytes → frames → events → the client's bytes.
public final class ChatReply implements ReplyTranslation, FrameCutter.FrameSink, ChatSink {
    private final FrameCutter cutter;
    private final ReplyReader reader;
    private final ReplyWriter writer;
    private final boolean streamed;
    private final JsonOutput output = new JsonOutput();

    private @Nullable GatewayError failure;
    private @Nullable Usage usage;
    private long pieces;

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
        if (failure == null) {
            guarded(() -> cutter.feed(piece, this));
        }
    }

    @Override
    public void end() {
        if (failure == null) {
            guarded(() -> {
                cutter.end(this);
                if (failure == null) {
                    reader.end(this);
                }
                if (failure == null) {
                    writer.end(output);
                }
            });
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Refused refused) {
            failure = Scrubbed.error(refused.error());
        } catch (JsonProblem problem) {
            failure = malformed(problem.path() + " " + problem.problem());
        } catch (FrameProblem problem) {
            failure = malformed(String.valueOf(problem.getMessage()));
        }
    }

    private static GatewayError malformed(String what) {
        return GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + what.strip());
    }

    @Override
    public void accept(Frame frame) {
        if (failure == null) {
            reader.read(frame, this);
        }
    }

    @Override
    public void accept(ChatEvent event) {
        if (failure != null) {
            return;
        }
        switch (event) {
            case ChatEvent.Failed(GatewayError error) -> {
                failure = Scrubbed.error(error);
                return;
            }
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.TextDelta _, ChatEvent.ThinkingDelta _, ChatEvent.ToolDelta _ -> pieces++;
            default -> {}
        }
        writer.write(event, output);
    }

    @Override
    public JsonOutput output() {
        return output;
    }

    @Override
    public @Nullable GatewayError failure() {
        return failure;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public void used(Usage stated) {
        accept(new ChatEvent.Used(stated));
    }

    @Override
    public long pieces() {
        return pieces;
    }

    @Override
    public boolean streamed() {
        return streamed;
    }
}
