package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.netty.buffer.ByteBuf;

/// Passes a reply's body on to the client: as it is, or in another wire format. Chosen once, at the reply's head.
sealed interface Relay permits RawRelay, PayloadRelay, TranslatedRelay, PredictionRelay {

    /// Passes a piece on. The nanoseconds since the one before, 0 for a reply that is no stream.
    long pass(@Owned ByteBuf piece, long nanoTime);

    /// Nothing more to read for now: what was passed on goes out.
    void readComplete();

    /// The provider's reply is whole: what was held goes out, what was used is known. False if the exchange does not end
    /// with that: it has failed, the provider is asked once more, or the reply is still being read, and ends it later.
    boolean finish();

    /// The reply ended early: what was used so far was used.
    void abandon();

    void release();
}
