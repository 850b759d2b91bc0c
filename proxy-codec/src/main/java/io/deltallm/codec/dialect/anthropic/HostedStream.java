package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.Scrubbed;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsChunkCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.frame.SseFrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonObjectCopy;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.deltallm.codec.json.JsonSyntax;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

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
    private final JsonOutput output = new JsonOutput();

    private @Nullable GatewayError failure;
    private @Nullable Usage usage;
    private long pieces;
    private boolean stopped;
    private boolean ending;

    HostedStream(MessagesHost host) {
        chunked = host == MessagesHost.BEDROCK;
        cutter = chunked ? new AwsChunkCutter() : new SseFrameCutter(this::pass);
    }

    @Override
    public void feed(ByteBuf piece) {
        if (failure != null) {
            return;
        }
        try {
            cutter.feed(piece, this);
        } catch (FrameProblem problem) {
            failure = malformed(String.valueOf(problem.getMessage()));
        }
    }

    @Override
    public void end() {
        if (failure != null) {
            return;
        }
        ending = true;
        try {
            cutter.end(this);
        } catch (FrameProblem problem) {
            failure = malformed(String.valueOf(problem.getMessage()));
        }
        if (failure == null && !stopped) {
            failure = GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before its answer did");
        }
    }

    private static GatewayError malformed(String what) {
        return GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + what.strip());
    }

    @Override
    public void accept(Frame frame) {
        if (failure != null || frame.isEmpty() || frame.is("[DONE]")) {
            return;
        }
        read(frame);
        if (failure == null && needsFraming(frame)) {
            write(frame);
        }
    }

    private void read(Frame frame) {
        try {
            reader.read(frame, this);
        } catch (Refused refused) {
            failure = Scrubbed.error(refused.error());
        } catch (JsonProblem problem) {
            // A member of another kind than today's is for the client to understand.
            if (!JsonSyntax.isObject(frame.text())) {
                failure = malformed(problem.path() + " " + problem.problem());
            }
        }
        stopped |= reader.event().is("message_stop");
    }

    /// What AWS itself says beside the chunks has a name. An event that SSE ends without its blank line gets one.
    private boolean needsFraming(Frame frame) {
        return chunked ? frame.event().isEmpty() : ending;
    }

    private void write(Frame frame) {
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
        if (failure == null) {
            output.literal(event.bytes(), event.start(), event.end());
        }
    }

    @Override
    public void accept(ChatEvent event) {
        switch (event) {
            case ChatEvent.Failed(GatewayError error) -> failure = Scrubbed.error(error);
            case ChatEvent.Used(Usage stated) -> usage = stated;
            case ChatEvent.TextDelta _, ChatEvent.ThinkingDelta _, ChatEvent.ToolDelta _ -> pieces++;
            default -> {}
        }
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
    public long pieces() {
        return pieces;
    }

    @Override
    public boolean streamed() {
        return true;
    }
}
