package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.dialect.sagemaker.SageMakerErrors;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsEventCutter;
import io.deltallm.codec.frame.AwsPayloadCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Takes SageMaker's frames off a stream in the client's own wire format: the bytes of the model's container go on to the
/// relay behind as they are. One a reply; confined to the event loop. Owns what it has unwrapped until it goes on.
///
/// The head is held back until the first of these bytes: a failure told before them is answered with its own status.
final class PayloadRelay implements Relay, FrameCutter.FrameSink {
    private final RawRelay behind;
    private final Exchange exchange;
    private final AwsEventCutter cutter = new AwsEventCutter();

    /// The client's; borrowed until it has gone out.
    private @Nullable ResponseHead head;
    private @Nullable ByteBuf unwrapped;
    private @Nullable GatewayError failure;
    private long lastPiece;

    /// @param behind takes the container's bytes; already begun
    /// @param head the client's, which goes out with the first of them
    PayloadRelay(RawRelay behind, Exchange exchange, ResponseHead head, long nanoTime) {
        this.behind = behind;
        this.exchange = exchange;
        this.head = head;
        this.lastPiece = nanoTime;
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        if (head != null) {
            exchange.waited(nanoTime - lastPiece);
        }
        lastPiece = nanoTime;
        unwrap(piece);
        boolean nothingSaid = head != null && failure != null;
        long gap = nothingSaid ? 0 : handOn(nanoTime);
        return failed() ? 0 : gap;
    }

    private void unwrap(@Owned ByteBuf piece) {
        try {
            cutter.feed(piece, this);
        } catch (FrameProblem problem) {
            failure = malformed(problem);
        } finally {
            piece.release();
        }
    }

    private static GatewayError malformed(FrameProblem problem) {
        return GatewayError.of(
                ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + problem.getMessage());
    }

    /// Takes a message. Names that nobody knows tell nothing.
    @Override
    public void accept(Frame message) {
        if (failure != null) {
            return;
        }
        if (message.event().startsWith(AwsEventCutter.EXCEPTION)) {
            failure = SageMakerErrors.inStream(message);
        } else if (message.event().equals(AwsPayloadCutter.PART) && !message.isEmpty()) {
            keep(message);
        }
    }

    private void keep(Frame part) {
        ByteBuf kept = unwrapped;
        if (kept == null) {
            if (head != null) {
                AwsPayloadCutter.requireEvents(part);
            }
            kept = exchange.loop().buffers().buffer(part.length());
            unwrapped = kept;
        }
        kept.writeBytes(part.bytes(), part.start(), part.length());
    }

    private long handOn(long nanoTime) {
        ByteBuf kept = unwrapped;
        if (kept == null) {
            return 0;
        }
        unwrapped = null;
        ResponseHead first = head;
        if (first != null) {
            head = null;
            exchange.reply(first);
        }
        return behind.pass(kept, nanoTime);
    }

    private boolean failed() {
        GatewayError told = failure;
        if (told == null) {
            return false;
        }
        if (head == null) {
            behind.abandon();
        }
        exchange.fail(told);
        return true;
    }

    @Override
    public void readComplete() {
        behind.readComplete();
    }

    @Override
    public boolean finish() {
        try {
            cutter.end(this);
        } catch (FrameProblem problem) {
            failure = malformed(problem);
        }
        if (failure == null && head != null) {
            failure = GatewayError.of(
                    ErrorCode.UPSTREAM_PROTOCOL, "The provider's stream ended before its answer began");
        }
        return !failed() && behind.finish();
    }

    @Override
    public void abandon() {
        behind.abandon();
    }

    @Override
    public void release() {
        ByteBuf kept = unwrapped;
        if (kept != null) {
            unwrapped = null;
            kept.release();
        }
        head = null;
        behind.release();
    }
}
