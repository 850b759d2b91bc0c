package io.deltallm.netty.ingress;

import io.deltallm.codec.Owned;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.MessageEnd;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.exchange.Loop;
import io.deltallm.netty.exchange.Signal;
import io.deltallm.netty.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/// One stream of an HTTP/2 connection, which carries one request and its reply (RFC 9113 section 8.1). Stands before the
/// first phase of the stream's own pipeline; confined to the connection's event loop.
///
/// The client's window opens as the phases take pieces, not before: a held [io.deltallm.netty.loop.Flow] leaves them
/// queued in the stream's channel.
///
/// A reply that ends before its request is followed by a reset, so that the client stops sending; a reply that cannot be
/// finished is reset behind what the client was already sent.
final class Http2StreamHandler extends ChannelDuplexHandler {
    private static final long UNKNOWN = -1;

    private enum Request {
        HEAD,
        BODY,
        ENDED
    }

    private enum Reply {
        /// Nothing, or nothing but interim heads.
        NONE,
        BODY,
        /// The phases have said all; the client may still have to take it.
        ENDED
    }

    private final Loop loop;
    private final ConnectionSettings settings;
    private final RequestHead head = new RequestHead();
    private final Deadline clock = new Clock();

    private ChannelHandlerContext ctx;
    private Request request = Request.HEAD;
    private Reply reply = Reply.NONE;
    private Http2Error unreadReason = Http2Error.NO_ERROR;
    private long left = UNKNOWN;
    private boolean paused;
    private boolean resuming;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    Http2StreamHandler(Loop loop, ConnectionSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        loop.wheel().readClock();
        switch (frame) {
            case Http2HeadersFrame headers -> readHeaders(headers);
            case Http2DataFrame data -> readData(data);
            default -> ReferenceCountUtil.release(frame);
        }
    }

    private void readHeaders(Http2HeadersFrame frame) {
        if (request != Request.HEAD) {
            // Trailers, of which nothing is passed on. The codec lets them through only at the end.
            bodyEnded();
            return;
        }
        request = frame.isEndStream() ? Request.ENDED : Request.BODY;
        GatewayError problem = new Http2RequestReader(head, settings).read(frame.headers(), frame.isEndStream());
        if (problem != null) {
            refuseUnread(problem);
            return;
        }
        armBodyClock();
        ctx.fireChannelRead(head);
        if (request == Request.ENDED && reply != Reply.ENDED) {
            ctx.fireChannelRead(MessageEnd.END);
        }
    }

    private void readData(@Owned Http2DataFrame frame) {
        if (frame.isEndStream()) {
            request = Request.ENDED;
        }
        if (reply == Reply.ENDED || !frame.content().isReadable()) {
            frame.release();
        } else {
            ctx.fireChannelRead(frame.content());
        }
        if (frame.isEndStream()) {
            bodyEnded();
        } else {
            armBodyClock();
        }
    }

    private void armBodyClock() {
        if (request == Request.BODY && reply != Reply.ENDED) {
            loop.wheel().armFromNow(clock, settings.bodyNanos());
        }
    }

    private void bodyEnded() {
        request = Request.ENDED;
        if (reply != Reply.ENDED) {
            loop.wheel().cancel(clock);
            ctx.fireChannelRead(MessageEnd.END);
        }
    }

    /// What was read is no request: the phases answer it, then the stream goes.
    private void refuseUnread(GatewayError problem) {
        if (problem.code() == ErrorCode.MALFORMED_HTTP) {
            unreadReason = Http2Error.PROTOCOL_ERROR;
        }
        ctx.fireChannelRead(problem);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case ResponseHead response -> writeHead(response);
            case ByteBuf piece -> writeBody(piece);
            case MessageEnd _ -> writeEnd();
            case Signal signal -> signal(signal);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void writeHead(ResponseHead response) {
        boolean bodyless = ResponseHead.bodiless(response.status()) || head.methodIs("HEAD");
        left = bodyless ? 0 : response.contentLength();
        reply = Reply.BODY;
        write(new DefaultHttp2HeadersFrame(Http2ReplyFields.of(response), left == 0));
    }

    private void writeBody(@Owned ByteBuf piece) {
        int size = piece.readableBytes();
        if (left == 0 || size == 0) {
            piece.release();
            return;
        }
        left = left == UNKNOWN ? UNKNOWN : Math.max(0, left - size);
        write(new DefaultHttp2DataFrame(piece, left == 0));
    }

    /// A frame that ends the stream while the client still sends is followed by a reset (RFC 9113 section 8.1).
    private void write(@Owned Http2StreamFrame frame) {
        boolean early = left == 0 && request != Request.ENDED;
        ctx.write(frame, early ? ctx.newPromise().addListener(_ -> resetUnread()) : ctx.voidPromise());
    }

    private void writeEnd() {
        if (left != 0) {
            left = 0;
            write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
        }
        endReply();
    }

    private void endReply() {
        reply = Reply.ENDED;
        // How long the client may leave the rest of the reply untaken.
        loop.wheel().armFromNow(clock, settings.idleNanos());
    }

    private void resetUnread() {
        if (request != Request.ENDED) {
            reset(unreadReason);
        }
    }

    private void signal(Signal signal) {
        switch (signal) {
            case CONTINUE -> {
                if (request == Request.BODY) {
                    ctx.write(new DefaultHttp2HeadersFrame(Http2ReplyFields.interim(100)), ctx.voidPromise());
                }
            }
            case CUT -> {
                endReply();
                // A reset overtakes what waits for the client's window: so it waits for an empty frame behind that.
                ctx.write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, false))
                        .addListener(_ -> reset(Http2Error.INTERNAL_ERROR));
            }
        }
    }

    private void reset(Http2Error reason) {
        if (ctx.channel().isActive()) {
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(reason), ctx.voidPromise());
            ctx.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        paused = !context.channel().config().isAutoRead();
        context.fireChannelReadComplete();
    }

    /// A stream's channel delivers what it has queued inside of this call. After a pause that call comes from a phase that
    /// is about to go on, which must not find further pieces of the body overtaking it: they follow later.
    @Override
    public void read(ChannelHandlerContext context) {
        if (!paused) {
            context.read();
        } else if (!resuming) {
            resuming = true;
            context.executor().execute(this::resume);
        }
    }

    private void resume() {
        resuming = false;
        if (ctx.channel().config().isAutoRead()) {
            paused = false;
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame) {
            // Noticed at once, even while queued pieces of the body wait.
            context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /// Malformed bodies, which the codec reports, and writes to a stream that has gone.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case Http2Exception problem -> reset(problem.error());
            case IOException _ -> context.close();
            default -> context.fireExceptionCaught(cause);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        loop.wheel().cancel(clock);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reply = Reply.ENDED;
        loop.wheel().cancel(clock);
        context.fireChannelInactive();
    }

    /// Times the pieces of the request, then the taking of the reply.
    private final class Clock extends Deadline {
        @Override
        protected void expired() {
            if (reply == Reply.ENDED) {
                reset(Http2Error.CANCEL);
            } else if (reply == Reply.NONE) {
                refuseUnread(GatewayError.of(
                        ErrorCode.REQUEST_TIMEOUT, "The request body did not arrive in time"));
            }
        }
    }
}
