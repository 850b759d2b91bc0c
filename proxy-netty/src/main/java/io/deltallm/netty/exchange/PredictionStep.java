package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;

/// What a [PredictionRelay] has asked for last, and what it makes of the reply.
sealed interface PredictionStep permits PredictionAsked, PredictionFollowed, PredictionCounted {
    void replied(ResponseHead head, long nanoTime);

    /// The nanoseconds since the piece before, 0 for what the client gets nothing of.
    long pass(@Owned ByteBuf piece, long nanoTime);

    void readComplete();

    /// The reply is whole. True if the exchange's answer is, too.
    boolean finish();

    /// The attempt failed. True if there is another way to the answer.
    boolean goesOnAfterFailure();
}
