package io.deltallm.netty.ingress;

import io.deltallm.codec.Owned;
import io.deltallm.codec.http.Ascii;
import io.deltallm.netty.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/// First handler of a plain-text connection: HTTP/2 if it begins with the preface of a client that knows (RFC 9113
/// section 3.4), else HTTP/1.1. Decides on the first byte that differs, which for all usual methods is among the first
/// two, then leaves. Confined to the connection's event loop; owns the bytes until it has decided.
final class ProtocolHandler extends ChannelInboundHandlerAdapter implements ClientConnection {
    private static final byte[] PREFACE = Ascii.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private final IngressLoop ingress;
    private final Deadline patience = new Patience();

    private ChannelHandlerContext ctx;
    private @Nullable ByteBuf held;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    ProtocolHandler(IngressLoop ingress) {
        this.ingress = ingress;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        ingress.registry().add(this);
        ingress.loop().wheel().armFromNow(patience, ingress.settings().headerNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (held != null) {
            bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), held, bytes);
            held = null;
        }
        int seen = Math.min(bytes.readableBytes(), PREFACE.length);
        if (!beginsPreface(bytes, seen)) {
            ingress.http1(context.channel());
            leave(bytes);
        } else if (seen == PREFACE.length) {
            ingress.http2(context.channel());
            leave(bytes);
        } else {
            held = bytes;
        }
    }

    private static boolean beginsPreface(ByteBuf bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(bytes.readerIndex() + i) != PREFACE[i]) {
                return false;
            }
        }
        return true;
    }

    private void leave(@Owned ByteBuf bytes) {
        ctx.fireChannelRead(bytes);
        // Reading may have closed the connection, which removes every handler.
        if (!ctx.isRemoved()) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ingress.registry().remove(this);
        ingress.loop().wheel().cancel(patience);
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset before the first request is nobody's concern.
        context.close();
    }

    @Override
    public void drain() {
        ctx.close();
    }

    /// Ends a connection that never says what it speaks.
    private final class Patience extends Deadline {
        @Override
        protected void expired() {
            ctx.close();
        }
    }
}
