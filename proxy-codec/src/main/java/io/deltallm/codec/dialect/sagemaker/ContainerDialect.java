package io.deltallm.codec.dialect.sagemaker;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.AwsPayloadCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonOutput;

/// A format of a container's: bodies are the container's own, streams come in Amazon's frames around the container's
/// events, and failures in Amazon's words around the container's. Stateless, thread-safe.
public final class ContainerDialect implements UpstreamDialect {
    private final UpstreamDialect spoken;

    /// @param spoken by the container
    public ContainerDialect(UpstreamDialect spoken) {
        this.spoken = spoken;
    }

    @Override
    public void writeRequest(ChatRequest request, UpstreamCall call, JsonOutput out) {
        spoken.writeRequest(request, call, out);
    }

    @Override
    public boolean fetches(String url) {
        return spoken.fetches(url);
    }

    @Override
    public FrameCutter streamCutter() {
        return new AwsPayloadCutter();
    }

    @Override
    public ReplyReader replyReader(boolean streamed) {
        ReplyReader reader = spoken.replyReader(streamed);
        return streamed ? new StreamReader(reader) : reader;
    }

    @Override
    public GatewayError readError(int status, Fields fields, Frame body) {
        return SageMakerErrors.read(spoken, status, fields, body);
    }

    /// Takes out what Amazon says itself. Confined to one attempt.
    private static final class StreamReader implements ReplyReader {
        private final ReplyReader events;
        private boolean failed;

        StreamReader(ReplyReader events) {
            this.events = events;
        }

        @Override
        public void read(Frame frame, ChatSink sink) {
            if (failed) {
                return;
            }
            if (frame.event().startsWith(AwsEventCutter.EXCEPTION)) {
                failed = true;
                sink.accept(new ChatEvent.Failed(SageMakerErrors.inStream(frame)));
            } else {
                events.read(frame, sink);
            }
        }

        @Override
        public void end(ChatSink sink) {
            if (!failed) {
                events.end(sink);
            }
        }
    }
}
