package io.deltallm.netty.ingress;

import io.deltallm.netty.exchange.ExchangePipeline;
import io.deltallm.netty.exchange.Loop;
import io.deltallm.netty.exchange.Services;
import io.deltallm.netty.loop.Flow;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Builds the pipeline of an accepted connection, or turns it away when too many are open. Shared by all event loops.
@Sharable
final class IngressInitializer extends ChannelInitializer<Channel> {
    private final IdentityHashMap<EventLoop, IngressLoop> loops;
    private final Services services;
    private final ConnectionSettings settings;
    private final int maxConnections;
    private final AtomicInteger open = new AtomicInteger();

    /// What ingress keeps for one event loop.
    record IngressLoop(Loop loop, ConnectionRegistry registry) {}

    IngressInitializer(
            IdentityHashMap<EventLoop, IngressLoop> loops,
            Services services,
            ConnectionSettings settings,
            int maxConnections) {
        this.loops = loops;
        this.services = services;
        this.settings = settings;
        this.maxConnections = maxConnections;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (open.incrementAndGet() > maxConnections) {
            open.decrementAndGet();
            services.listener().connectionRefused();
            channel.close();
            return;
        }
        services.listener().connectionOpened();
        channel.closeFuture().addListener(_ -> {
            open.decrementAndGet();
            services.listener().connectionClosed();
        });
        installHttp1(channel);
    }

    private void installHttp1(Channel channel) {
        IngressLoop ingress = loops.get(channel.eventLoop());
        if (ingress == null) {
            throw new IllegalStateException("a connection on a foreign event loop");
        }
        Flow flow = new Flow(channel);
        channel.pipeline().addLast(new Http1Handler(ingress.loop(), settings, ingress.registry(), flow));
        ExchangePipeline.install(channel.pipeline(), ingress.loop(), services, flow);
    }
}
