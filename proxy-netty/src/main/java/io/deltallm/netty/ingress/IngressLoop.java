package io.deltallm.netty.ingress;

import io.deltallm.netty.exchange.ExchangePipeline;
import io.deltallm.netty.exchange.Loop;
import io.deltallm.netty.exchange.Services;
import io.deltallm.netty.loop.Flow;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2MultiplexHandler;

/// Ingress of one event loop: its open connections, and the two ways to serve one. Both end in the same phases. Confined
/// to that loop.
final class IngressLoop {
    private final Loop loop;
    private final Services services;
    private final ConnectionSettings settings;
    private final ConnectionRegistry registry = new ConnectionRegistry();

    IngressLoop(Loop loop, Services services, ConnectionSettings settings) {
        this.loop = loop;
        this.services = services;
        this.settings = settings;
    }

    Loop loop() {
        return loop;
    }

    ConnectionSettings settings() {
        return settings;
    }

    ConnectionRegistry registry() {
        return registry;
    }

    /// Serves HTTP/1.1 from the next byte on.
    void http1(Channel channel) {
        Flow flow = new Flow(channel);
        channel.pipeline().addLast(new Http1Handler(loop, settings, registry, flow));
        ExchangePipeline.install(channel.pipeline(), loop, services, flow);
    }

    /// Serves HTTP/2; the next byte begins the client's preface. Each stream is a channel of its own on this loop.
    void http2(Channel channel) {
        Http2FrameCodec codec = Http2Handler.codec(settings);
        channel.pipeline()
                .addLast(codec, new Http2MultiplexHandler(new StreamInitializer()), new Http2Handler(codec, this));
    }

    private final class StreamInitializer extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel stream) {
            stream.config().setWriteBufferWaterMark(GatewayServer.WATER_MARK);
            stream.pipeline().addLast(new Http2StreamHandler(loop, settings));
            ExchangePipeline.install(stream.pipeline(), loop, services, new Flow(stream));
        }
    }
}
