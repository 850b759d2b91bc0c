package io.deltallm.benchmarks.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// The provider behind the proxies: answers any request with bytes made beforehand, as the current [Script] says.
/// Confined to one event loop, apart from its start.
final class PreparedUpstream {
    private static final int BACKLOG = 4096;

    private final PreparedReplies replies = new PreparedReplies();
    private final Channel server;
    private volatile Script script = new Script.Plain();

    PreparedUpstream(EventLoop loop, SharedReadBuffer readBuffer) {
        server = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffer)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new UpstreamConnection(replies, () -> script));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /// Takes effect with the next request.
    void follow(Script next) {
        script = next;
    }
}
