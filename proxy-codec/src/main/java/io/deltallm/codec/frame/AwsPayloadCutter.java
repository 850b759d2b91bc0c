package io.deltallm.codec.frame;

import io.netty.buffer.ByteBuf;

/// Cuts the streams of SageMaker's `invocations-response-stream`
/// (https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_ResponseStream.html): messages `PayloadPart`
/// hold the bytes that the model's container sends, cut anywhere. A frame is one of the container's own Server-Sent
/// Events. Exceptions are as [AwsEventCutter] tells them; other messages tell nothing.
public final class AwsPayloadCutter implements FrameCutter {
    /// The name of a message that holds bytes of the container's.
    public static final String PART = "PayloadPart";

    private final AwsEventCutter cutter = new AwsEventCutter();
    private final SseFrameCutter inner = new SseFrameCutter();
    private boolean begun;

    @Override
    public void feed(ByteBuf piece, FrameSink sink) {
        cutter.feed(piece, message -> unwrap(message, sink));
    }

    @Override
    public void end(FrameSink sink) {
        cutter.end(message -> unwrap(message, sink));
        inner.end(sink);
    }

    private void unwrap(Frame message, FrameSink sink) {
        if (message.event().startsWith(AwsEventCutter.EXCEPTION)) {
            sink.accept(message);
            return;
        }
        if (!message.event().equals(PART) || message.isEmpty()) {
            return;
        }
        if (!begun) {
            begun = true;
            requireEvents(message);
        }
        inner.feed(message.bytes(), message.start(), message.end(), sink);
    }

    /// Some containers stream lines of JSON, or answer whole: as Server-Sent Events that would be a stream of nothing.
    ///
    /// @param first the first part that is not empty
    /// @throws FrameProblem if no events begin there
    public static void requireEvents(Frame first) {
        byte begin = first.bytes()[first.start()];
        if (begin == '{' || begin == '[') {
            throw new FrameProblem("The model's container sends bare JSON (expected: text/event-stream)");
        }
    }
}
