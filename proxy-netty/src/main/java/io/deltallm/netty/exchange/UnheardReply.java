package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.upstream.Attempt;
import io.netty.buffer.ByteBuf;

/// The listener of a request whose reply nobody waits for. Stateless.
final class UnheardReply implements Attempt.Listener {
    @Override
    public void sent(long nanoTime) {}

    @Override
    public void replied(ResponseHead head, long nanoTime) {}

    @Override
    public void body(@Owned ByteBuf piece, long nanoTime) {
        piece.release();
    }

    @Override
    public void readComplete() {}

    @Override
    public void ended() {}

    @Override
    public void failed(GatewayError error, boolean replied) {}
}
