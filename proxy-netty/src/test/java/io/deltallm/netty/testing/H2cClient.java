package io.deltallm.netty.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Speaks HTTP/2 without TLS and without asking first, which the JDK's client cannot. One connection, any number of
/// requests, each waited for.
public final class H2cClient implements AutoCloseable {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel connection;

    /// A whole reply.
    public record Reply(int status, String body) {}

    private H2cClient(int port) {
        this.connection = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(Http2FrameCodecBuilder.forClient().build(), new Http2MultiplexHandler(new ReplyReader(new CompletableFuture<>())));
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
    }

    public static H2cClient connect(int port) {
        return new H2cClient(port);
    }

    public Reply post(String path, String bearer, String json) {
        var reply = new CompletableFuture<Reply>();
        Http2StreamChannel stream = new Http2StreamChannelBootstrap(connection).handler(new ReplyReader(reply)).open().syncUninterruptibly().getNow();
        Http2Headers headers = new DefaultHttp2Headers().method("POST").path(path).scheme("http").authority("gateway")
                .set("authorization", "Bearer " + bearer).set("content-type", "application/json");
        stream.write(new DefaultHttp2HeadersFrame(headers));
        stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(json, StandardCharsets.UTF_8), true));
        return ReceivedRequest.await(reply, "no whole reply over HTTP/2");
    }

    @Override
    public void close() {
        connection.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static final class ReplyReader extends SimpleChannelInboundHandler<Http2StreamFrame> {
        private final CompletableFuture<Reply> reply;
        private final StringBuilder body = new StringBuilder();
        private int status;

        ReplyReader(CompletableFuture<Reply> reply) {
            this.reply = reply;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, Http2StreamFrame frame) {
            switch (frame) {
                case Http2HeadersFrame head -> {
                    status = head.headers().status() == null ? status : Integer.parseInt(head.headers().status().toString());
                    endIf(head.isEndStream());
                }
                case Http2DataFrame data -> {
                    body.append(data.content().toString(StandardCharsets.UTF_8));
                    endIf(data.isEndStream());
                }
                case Http2ResetFrame reset -> reply.completeExceptionally(new IllegalStateException("reset: " + reset.errorCode()));
                default -> {}
            }
        }

        private void endIf(boolean last) {
            if (last) {
                reply.complete(new Reply(status, body.toString()));
            }
        }
    }
}
