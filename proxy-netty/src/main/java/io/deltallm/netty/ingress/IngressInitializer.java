package io.deltallm.netty.ingress;

import io.deltallm.policy.telemetry.GatewayListener;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Builds the pipeline of an accepted connection, or turns it away when too many are open. Shared by all event loops.
@Sharable
final class IngressInitializer extends ChannelInitializer<Channel> {
    private final Map<EventLoop, IngressLoop> loops;
    private final GatewayListener listener;
    private final @Nullable TlsContexts tls;
    private final int maxConnections;
    private final ChannelGroup connections;
    private final AtomicInteger open = new AtomicInteger();

    /// @param tls null for plain text
    /// @param connections where every open connection is noted, whatever it does
    IngressInitializer(
            Map<EventLoop, IngressLoop> loops,
            GatewayListener listener,
            @Nullable TlsContexts tls,
            ChannelGroup connections,
            int maxConnections) {
        this.loops = loops;
        this.listener = listener;
        this.tls = tls;
        this.connections = connections;
        this.maxConnections = maxConnections;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (open.incrementAndGet() > maxConnections) {
            open.decrementAndGet();
            listener.connectionRefused();
            channel.close();
            return;
        }
        connections.add(channel);
        listener.connectionOpened();
        channel.closeFuture().addListener(_ -> {
            open.decrementAndGet();
            listener.connectionClosed();
        });
        install(channel);
    }

    private void install(Channel channel) {
        IngressLoop ingress = loops.get(channel.eventLoop());
        if (ingress == null) {
            throw new IllegalStateException("a connection on a foreign event loop");
        }
        channel.config().setAllocator(ingress.loop().buffers());
        if (tls == null) {
            channel.pipeline().addLast(new ProtocolHandler(ingress));
        } else {
            channel.pipeline()
                    .addLast(tls.newHandler(channel.alloc(), ingress.settings().headerNanos()), new AlpnHandler(ingress));
        }
    }
}
