package io.deltallm.netty.exchange;

import io.deltallm.codec.dialect.replicate.Prediction;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameProblem;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A prediction as it arrives. One a reply.
final class PredictionBody {
    private final BodyCutter cutter = new BodyCutter();
    private boolean tooLong;
    private @Nullable Prediction prediction;

    /// Borrows the piece.
    void feed(ByteBuf piece) {
        try {
            cutter.feed(piece, _ -> {});
        } catch (FrameProblem e) {
            tooLong = true;
        }
    }

    /// Once it is whole. Null if it is none.
    @Nullable Prediction read() {
        if (!tooLong) {
            cutter.end(this::read);
        }
        return prediction;
    }

    private void read(Frame body) {
        try {
            prediction = Prediction.read(body);
        } catch (JsonProblem e) {
            prediction = null;
        }
    }
}
