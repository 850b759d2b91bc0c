package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.http.Ascii;
import io.deltallm.netty.loop.Deadline;
import io.netty.buffer.Unpooled;

/// Shows a streaming client that it is not forgotten while the provider is silent, in what its format has for that: clients
/// and proxies in between give silent streams up. One a reply; confined to the event loop.
final class SignsOfLife extends Deadline {
    private static final byte[] COMMENT = Ascii.bytes(": keepalive\n\n");
    private static final byte[] PING = Ascii.bytes("event: ping\ndata: {\"type\": \"ping\"}\n\n");

    private final Exchange exchange;
    private final Runnable before;
    private final byte[] sign;
    /// 0 for never.
    private final long silenceNanos;

    /// @param before puts what goes out before a sign
    SignsOfLife(Exchange exchange, Runnable before) {
        this.exchange = exchange;
        this.before = before;
        this.sign = exchange.operation() == Operation.MESSAGES ? PING : COMMENT;
        // Between the elements of an array there is no place for a comment.
        this.silenceNanos = exchange.streamsArray()
                ? 0
                : exchange.snapshot().config().server().streamKeepalive().toNanos();
    }

    /// Something went out: the silence begins anew.
    void begin() {
        if (silenceNanos > 0) {
            exchange.loop().wheel().arm(this, silenceNanos);
        }
    }

    void end() {
        exchange.loop().wheel().cancel(this);
    }

    @Override
    protected void expired() {
        if (exchange.hasEnded()) {
            return;
        }
        before.run();
        // A client that does not read gets no more to read.
        if (exchange.writable()) {
            exchange.reply(Unpooled.wrappedBuffer(sign));
            exchange.flush();
        }
    }
}
