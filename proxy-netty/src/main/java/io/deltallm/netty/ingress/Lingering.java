package io.deltallm.netty.ingress;

import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.loop.DeadlineWheel;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/// Closes a connection so that its last reply arrives. Closing while bytes of the client lie unread makes TCP send a
/// reset, which may overtake the reply (RFC 9112 section 9.6): so the sending side is shut first, and what still comes is
/// read and dropped until the client closes or a moment has passed.
final class Lingering {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Lingering() {}

    static void close(ChannelHandlerContext ctx, DeadlineWheel wheel) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive() && plain(ctx)) {
                duplex.shutdownOutput();
                Deadline end = new Deadline() {
                    @Override
                    protected void expired() {
                        ctx.close();
                    }
                };
                wheel.armFromNow(end, PATIENCE_NANOS);
                duplex.closeFuture().addListener(_ -> wheel.cancel(end));
            } else {
                ctx.close();
            }
        });
    }

    /// With TLS the close goes through its handler, which says goodbye itself.
    private static boolean plain(ChannelHandlerContext ctx) {
        return ctx.pipeline().get(io.netty.handler.ssl.SslHandler.class) == null;
    }
}
