package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.dialect.replicate.Prediction;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/// A prediction's events have ended, and what it used was asked for, which may take a moment to be known. Without it, the
/// answer is whole all the same.
final class PredictionCounted implements PredictionStep {
    private final PredictionRelay course;
    private final PredictionBody body = new PredictionBody();
    private boolean successful;

    PredictionCounted(PredictionRelay course) {
        this.course = course;
    }

    @Override
    public void replied(ResponseHead head, long nanoTime) {
        successful = head.successful() && ProviderHead.unreadable(head) == null;
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        body.feed(piece);
        piece.release();
        return 0;
    }

    @Override
    public void readComplete() {}

    @Override
    public boolean finish() {
        Prediction prediction = successful ? body.read() : null;
        if (prediction != null && prediction.running()) {
            course.countLater();
            return false;
        }
        if (prediction != null) {
            course.counted(prediction.usage());
        }
        return course.answer().finish();
    }

    @Override
    public boolean goesOnAfterFailure() {
        course.end();
        return true;
    }
}
