package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.dialect.replicate.Prediction;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/// The prediction itself was asked for: by making it, or again. One that has ended is the answer.
final class PredictionAsked implements PredictionStep {
    private final PredictionRelay course;
    private final PredictionBody body = new PredictionBody();
    private boolean successful;

    PredictionAsked(PredictionRelay course) {
        this.course = course;
    }

    @Override
    public void replied(ResponseHead head, long nanoTime) {
        GatewayError unreadable = ProviderHead.unreadable(head);
        if (unreadable != null) {
            course.exchange().fail(unreadable);
            return;
        }
        successful = head.successful();
        course.answerBy(head, nanoTime);
    }

    @Override
    public long pass(@Owned ByteBuf piece, long nanoTime) {
        body.feed(piece);
        course.answer().pass(piece, nanoTime);
        return 0;
    }

    @Override
    public void readComplete() {}

    @Override
    public boolean finish() {
        Prediction prediction = successful ? body.read() : null;
        if (prediction != null && prediction.running() && prediction.getPath() != null) {
            course.runs(prediction);
            return false;
        }
        return course.answered();
    }

    @Override
    public boolean goesOnAfterFailure() {
        return false;
    }
}
