package io.deltallm.netty.ingress;

import io.deltallm.netty.exchange.Loop;
import io.deltallm.netty.exchange.Services;
import io.deltallm.netty.loop.ReadSizes;
import io.deltallm.policy.config.ServerSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The listening socket: bind, drain, close. Thread-safe; its methods block and are called from the main thread.
public final class GatewayServer {
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, 128 * 1024);
    private static final int BACKLOG = 4096;
    private static final long POLL_MILLIS = 20;
    private static final long CLOSE_MILLIS = 1000;

    private final Channel listening;
    private final ChannelGroup connections;
    private final IdentityHashMap<EventLoop, IngressLoop> loops;
    private final @Nullable TlsContexts tls;

    private GatewayServer(
            Channel listening,
            ChannelGroup connections,
            IdentityHashMap<EventLoop, IngressLoop> loops,
            @Nullable TlsContexts tls) {
        this.listening = listening;
        this.connections = connections;
        this.loops = loops;
        this.tls = tls;
    }

    /// Binds. With TLS, certificate and key are read now, and again with each new snapshot.
    ///
    /// An address in use shows as a `BindException`, which Netty throws without declaring it.
    ///
    /// @throws IllegalStateException if certificate or key cannot be used
    public static GatewayServer bind(
            ServerSettings server, Transport transport, EventLoopGroup group, Collection<Loop> all, Services services) {
        TlsContexts tls = server.tls() == null ? null : new TlsContexts(server.tls());
        if (tls != null) {
            services.snapshots().onReplace(_ -> tls.reload());
        }
        ConnectionSettings settings = ConnectionSettings.of(server);
        IdentityHashMap<EventLoop, IngressLoop> loops = new IdentityHashMap<>();
        all.forEach(loop -> loops.put(loop.eventLoop(), new IngressLoop(loop, services, settings)));
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new ReadSizes())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new IngressInitializer(
                        loops, services.listener(), tls, connections, server.maxConnections()));
        Channel listening = bootstrap
                .bind(new InetSocketAddress(server.host(), server.port()))
                .syncUninterruptibly()
                .channel();
        return new GatewayServer(listening, connections, loops, tls);
    }

    /// The address it is bound to, with the port that was chosen where 0 was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// Stops accepting, closes idle connections, and waits until the others have finished their exchanges, as long as it
    /// may. Whether all had.
    public boolean drain(long patienceNanos) throws InterruptedException {
        long until = System.nanoTime() + patienceNanos;
        listening.close().syncUninterruptibly();
        if (tls != null) {
            tls.close();
        }
        for (Map.Entry<EventLoop, IngressLoop> entry : loops.entrySet()) {
            entry.getKey().execute(entry.getValue().registry()::drain);
        }
        while (connections() > 0) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /// Closes whatever connection is still open, cutting its exchanges.
    public void close() {
        connections.close().awaitUninterruptibly(CLOSE_MILLIS);
    }

    private int connections() throws InterruptedException {
        int count = 0;
        for (Map.Entry<EventLoop, IngressLoop> entry : loops.entrySet()) {
            count += entry.getKey()
                    .submit(entry.getValue().registry()::size)
                    .sync()
                    .getNow();
        }
        return count;
    }
}
