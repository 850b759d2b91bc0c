package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ReplyProgress;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsChunkCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonObjectCopy;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.codec.json.JsonSyntax;
import io.netty.buffer.ByteBuf;

/// Passes a stream's events on in the provider's bytes, each once it is whole: half an event would swallow the error that
/// ends a stream cut short. Vertex sends them as Anthropic does; those in Bedrock's chunks get their names back.
///
/// Bedrock adds its own counts and times to the last event, `amazon-bedrock-invocationMetrics`. They belong to the chunks
/// around the format rather than to it: Anthropic's API has no such member, and what they count stands in `usage`. So they
/// are read and left out. Confined to one attempt.
final class HostedStream implements ReplyTranslation, FrameCutter.FrameSink, ChatSink {
    private final boolean chunked;
    private final FrameCutter cutter;
    private final MessagesStreamReader reader = new MessagesStreamReader();
    private final ReplyProgress progress = new ReplyProgress();

    private boolean stopped;
    private boolean ending;

    HostedStream(MessagesHost host) {
        chunked = host == MessagesHost.BEDROCK;
        cutter = chunked ? new AwsChunkCutter() : new SseFrameCutter(this::pass);
    }

    @Override
    public void feed(ByteBuf piece) {
        progress.step(() -> cutter.feed(piece, this));
    }

    @Override
    public void end() {
        ending = true;
        progress.step(() -> cutter.end(this));
        if (!progress.failed() && !stopped) {
            progress.fail(GatewayError.of(
                    ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before its answer did"));
        }
    }

    @Override
    public void accept(Frame frame) {
        if (progress.failed() || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        read(frame);
        if (!progress.failed() && needsFraming(frame)) {
            write(frame);
        }
    }

    private void read(Frame frame) {
        try {
            reader.read(frame, this);
        } catch (JsonProblem problem) {
            // A member of another kind than today's is for the client to understand.
            if (!JsonSyntax.isObject(frame.text())) {
                throw problem;
            }
        }
        stopped |= reader.event().is("message_stop");
    }

    /// What AWS itself says beside the chunks has a name. An event that SSE ends without its blank line gets one.
    private boolean needsFraming(Frame frame) {
        return chunked ? frame.event().isEmpty() : ending;
    }

    private void write(Frame frame) {
        JsonOutput output = progress.output();
        RawJson type = reader.event().type;
        if (type != null) {
            output.literal("event: ").stringPiece(type).literal("\n");
        }
        output.literal("data: ")
                .value(reader.event().metered ? withoutMetrics(frame.raw()) : frame.raw())
                .literal("\n\n");
    }

    private static RawJson withoutMetrics(RawJson event) {
        JsonOutput bare = new JsonOutput();
        JsonObjectCopy copy = new JsonObjectCopy(event, bare);
        JsonCursor cursor = new JsonCursor().over(event);
        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            if (name.equals(StreamEvent.METRICS)) {
                copy.drop(cursor.raw());
            } else {
                copy.keep(cursor.raw());
            }
        }
        copy.end();
        return bare.toRaw();
    }

    /// @param event as it came, with its blank line
    private void pass(Frame event) {
        if (!progress.failed()) {
            progress.output().literal(event.bytes(), event.start(), event.end());
        }
    }

    @Override
    public void accept(ChatEvent event) {
        progress.note(event);
    }

    @Override
    public ReplyProgress progress() {
        return progress;
    }

    @Override
    public boolean streamed() {
        return true;
    }
}
