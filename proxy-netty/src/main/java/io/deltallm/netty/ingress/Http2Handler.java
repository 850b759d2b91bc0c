package io.deltallm.netty.ingress;

import io.deltallm.netty.loop.Deadline;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/2 connection of a client (RFC 9113), as a whole: idleness and drain. Its streams are channels of their own, see
/// [Http2StreamHandler]. Last handler of the connection's pipeline; confined to its event loop.
///
/// Closing means GOAWAY, then waiting for the streams that run: the frame codec does that on every `close`.
final class Http2Handler extends ChannelInboundHandlerAdapter implements ClientConnection {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Handler.class);

    private static final int MAX_STREAMS = 256;

    /// What a client may send ahead on one stream and on all together: enough for a large prompt in one round trip, and
    /// the bound of what streams hold whose caller is still being looked up.
    private static final int STREAM_WINDOW = 1 << 20;

    private static final int CONNECTION_WINDOW = 8 << 20;

    // Floods. A connection that goes beyond is closed with ENHANCE_YOUR_CALM. Many users may share one connection, and
    // cancelling a stream is how they stop an answer: a hundred a second is no attack yet, as rapid resets are by the ten
    // thousand. Resets we send are those of refused uploads and of replies that providers cut.
    private static final int MAX_RESETS = 1000;
    private static final int RESET_SECONDS = 10;
    private static final int MAX_EMPTY_DATA = 16;
    private static final int MAX_SMALL_CONTINUATIONS = 16;
    private static final int MAX_QUEUED_ACKS = 1000;

    private final Http2FrameCodec codec;
    private final IngressLoop ingress;
    private final Deadline idle = new Idle();

    private ChannelHandlerContext ctx;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    Http2Handler(Http2FrameCodec codec, IngressLoop ingress) {
        this.codec = codec;
        this.ingress = ingress;
    }

    static Http2FrameCodec codec(ConnectionSettings settings) {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(new Http2Settings()
                        .maxConcurrentStreams(MAX_STREAMS)
                        .initialWindowSize(STREAM_WINDOW)
                        // The stream's handler refuses with a body from half of this on; the codec, beyond it, without.
                        .maxHeaderListSize(2L * (settings.maxFields() + settings.maxRequestLine())))
                .validateHeaders(true)
                .validateRequiredPseudoHeaders(true)
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA)
                .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
                .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_ACKS)
                .gracefulShutdownTimeoutMillis(settings.drainMillis())
                .build();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Http2Exception {
        ctx = added;
        ingress.registry().add(this);
        codec.connection().addListener(new Streams());
        var window = codec.connection().local().flowController();
        var connection = codec.connection().connectionStream();
        window.incrementWindowSize(connection, CONNECTION_WINDOW - window.windowSize(connection));
        ctx.flush();
        arm(ingress.settings().headerNanos());
        if (ingress.registry().draining()) {
            drain();
        }
    }

    private void arm(long nanos) {
        ingress.loop().wheel().armFromNow(idle, nanos);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        // Settings, pings and goodbyes, all of which the codec has acted upon.
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void drain() {
        ctx.channel().close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ingress.registry().remove(this);
        ingress.loop().wheel().cancel(idle);
    }

    /// Protocol errors and floods have been answered with GOAWAY by the codec; broken connections close by themselves.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2Exception || cause instanceof IOException || cause.getCause() instanceof IOException) {
            LOG.debug("connection of {} failed: {}", context.channel().remoteAddress(), cause.getMessage());
        } else {
            LOG.error("a connection failed", cause);
            context.channel().close();
        }
    }

    /// A connection is idle while it has no stream; pings do not count.
    private final class Streams extends Http2ConnectionAdapter {
        @Override
        public void onStreamActive(Http2Stream stream) {
            ingress.loop().wheel().cancel(idle);
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            if (codec.connection().numActiveStreams() == 0 && !ctx.isRemoved()) {
                arm(ingress.settings().idleNanos());
            }
        }
    }

    private final class Idle extends Deadline {
        @Override
        protected void expired() {
            drain();
        }
    }
}
