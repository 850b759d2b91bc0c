package io.deltallm.netty.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A provider on loopback that speaks OpenAI: chat and text completions (plain and streamed), embeddings, models. Its
/// answers are made from the request itself, so they are the same every time; a token is a word.
///
/// Thread-safe. Runs on one event loop of its own, so that it starts before the gateway whose configuration names it.
public final class DemoProvider implements AutoCloseable {
    /// The model that answers chats and completions.
    public static final String CHAT_MODEL = "demo-chat";
    /// The model that answers embeddings.
    public static final String EMBEDDING_MODEL = "demo-embedding";

    static final List<String> MODELS = List.of(CHAT_MODEL, EMBEDDING_MODEL);

    private static final int MAX_BODY_BYTES = 64 * 1024 * 1024;
    private static final Duration PACE = Duration.ofMillis(15);

    private final EventLoopGroup loop;
    private final ChannelGroup connections;
    private final Channel server;

    private DemoProvider(EventLoopGroup loop, ChannelGroup connections, Channel server) {
        this.loop = loop;
        this.connections = connections;
        this.server = server;
    }

    /// Binds an ephemeral port of the loopback address. Blocks until it is bound, so never call it on an event loop.
    public static DemoProvider start() {
        return start(PACE);
    }

    /// @param pace the time between two words of a streamed answer
    public static DemoProvider start(Duration pace) {
        var loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("deltallm-demo", true), NioIoHandler.newFactory());
        var connections = new DefaultChannelGroup("demo", GlobalEventExecutor.INSTANCE);
        var server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new DemoInitializer(connections, pace))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return new DemoProvider(loop, connections, server);
    }

    /// The base URL to configure: `http://127.0.0.1:<port>/v1`.
    public URI uri() {
        var address = (InetSocketAddress) server.localAddress();
        return URI.create("http://127.0.0.1:" + address.getPort() + "/v1");
    }

    /// Stops accepting and closes what is open. Blocks; never call it on an event loop.
    @Override
    public void close() {
        server.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /// What every connection gets.
    private static final class DemoInitializer extends ChannelInitializer<Channel> {
        private final ChannelGroup connections;
        private final Duration pace;

        DemoInitializer(ChannelGroup connections, Duration pace) {
            this.connections = connections;
            this.pace = pace;
        }

        @Override
        protected void initChannel(Channel channel) {
            connections.add(channel);
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                    .addLast(new DemoHandler(pace));
        }
    }
}
