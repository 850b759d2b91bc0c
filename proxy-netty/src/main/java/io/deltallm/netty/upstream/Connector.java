package io.deltallm.netty.upstream;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.netty.loop.ReadSizes;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Opens connections to origins on one event loop: resolves, connects, shakes hands. Confined to that loop; never blocks.
public final class Connector {
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final Bootstrap bootstrap;
    private final UpstreamTls tls;
    private final ChannelGroup open;

    public Connector(
            EventLoop loop,
            ByteBufAllocator buffers,
            Class<? extends Channel> channelType,
            AddressResolverGroup<InetSocketAddress> resolver,
            UpstreamTls tls) {
        this(loop, buffers, new ReflectiveChannelFactory<>(channelType), resolver, tls);
    }

    Connector(
            EventLoop loop,
            ByteBufAllocator buffers,
            ChannelFactory<? extends Channel> channels,
            AddressResolverGroup<InetSocketAddress> resolver,
            UpstreamTls tls) {
        this.tls = tls;
        this.open = new DefaultChannelGroup(loop);
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(channels)
                .resolver(resolver)
                .option(ChannelOption.ALLOCATOR, buffers)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new ReadSizes())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
    }

    void connect(OriginPool pool, Attempt attempt) {
        UpstreamConnection connection = pool.newConnection();
        Origin origin = pool.origin();
        long connectNanos = pool.limits().connectNanos();
        ChannelFuture connecting = bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TimeUnit.NANOSECONDS.toMillis(connectNanos))
                .handler(new Initializer(origin, connection, connectNanos))
                .connect(origin.address());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                pool.openFailed(attempt, unreachable(origin, done.cause()));
            } else if (origin.tls()) {
                awaitHandshake(connecting.channel(), pool, connection, attempt);
            } else {
                pool.opened(connection, attempt);
            }
        });
    }

    private void awaitHandshake(Channel channel, OriginPool pool, UpstreamConnection connection, Attempt attempt) {
        Future<Channel> handshake = channel.pipeline().get(SslHandler.class).handshakeFuture();
        handshake.addListener(done -> {
            if (done.isSuccess()) {
                pool.opened(connection, attempt);
            } else {
                channel.close();
                pool.openFailed(attempt, unreachable(pool.origin(), done.cause()));
            }
        });
    }

    /// Closes whatever is open, or being opened. Done when all of it is closed.
    Future<Void> close() {
        return open.close();
    }

    private static GatewayError unreachable(Origin origin, @Nullable Throwable cause) {
        String what =
                switch (cause) {
                    case ConnectTimeoutException _ -> "did not accept a connection in time";
                    case UnknownHostException _ -> "has no address";
                    case javax.net.ssl.SSLException _ -> "failed the TLS handshake";
                    case null, default -> "cannot be reached";
                };
        ErrorCode code = cause instanceof ConnectTimeoutException
                ? ErrorCode.UPSTREAM_TIMEOUT
                : ErrorCode.UPSTREAM_UNREACHABLE;
        GatewayError error = GatewayError.of(code, "The provider at " + origin.host() + " " + what);
        return cause == null ? error : error.causedBy(cause);
    }

    private final class Initializer extends ChannelInitializer<Channel> {
        private final Origin origin;
        private final UpstreamConnection connection;
        private final long handshakeNanos;

        Initializer(Origin origin, UpstreamConnection connection, long handshakeNanos) {
            this.origin = origin;
            this.connection = connection;
            this.handshakeNanos = handshakeNanos;
        }

        @Override
        protected void initChannel(Channel channel) {
            open.add(channel);
            if (origin.tls()) {
                SslHandler handler = tls.newHandler(channel.alloc(), origin);
                handler.setHandshakeTimeout(handshakeNanos, TimeUnit.NANOSECONDS);
                channel.pipeline().addLast(handler);
            }
            channel.pipeline().addLast(connection);
        }
    }
}
