package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/// A prediction's events were asked for. They are the answer, but for what was used.
final class PredictionFollowed implements PredictionStep {
    private final PredictionRelay course;
    private boolean open;
    private boolean begun;

    PredictionFollowed(PredictionRelay course) {
        this.course = course;
    }

    @Override
    public void replied(ResponseHead head, long nanoTime) {
        open = head.status() == 200 && ProviderHead.isStream(head, true) && ProviderHead.unreadable(head) == null;
        if (open) {
            course.answerBy(head, nanoTime);
        }
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        if (!open) {
            piece.release();
            return 0;
        }
        long gap = course.answer().pass(piece, nanoTime);
        if (!begun && !course.exchange().hasEnded() && course.answer().answers()) {
            begun = true;
            course.streams();
        }
        return gap;
    }

    @Override
    public void readComplete() {
        if (open) {
            course.answer().readComplete();
        }
    }

    /// A stream without a word may have been closed because the model takes its time to start.
    @Override
    public boolean finish() {
        if (begun) {
            course.count();
        } else {
            course.askAgainLater(open);
        }
        return false;
    }

    @Override
    public boolean goesOnAfterFailure() {
        if (!begun) {
            course.askAgainLater(false);
        }
        return !begun;
    }
}
