package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ErrorWriter;
import io.deltallm.codec.dialect.openai.OpenAiErrors;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.MessageEnd;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.netty.loop.Flow;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Phase 1: opens an exchange for each request, marks the commit of its reply, renders its errors, ends it exactly once.
/// Confined to the event loop of its connection (HTTP/1.1) or stream (HTTP/2).
///
/// Down: `RequestHead`, pieces of the body, `MessageEnd`; or a `GatewayError` where the connection could not read a request.
/// Up: `ResponseHead`, pieces of the body, `MessageEnd`, by the [Exchange]'s own methods.
final class ExchangeHandler extends ChannelInboundHandlerAdapter implements Exchange.Edge {
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeHandler.class);
    /// OpenAI's form is the one that most can read.
    private static final ErrorWriter FOR_STRANGERS = new OpenAiErrors();

    private final Loop loop;
    private final Services services;
    private final Flow clientFlow;
    private final ResponseHead ownHead = new ResponseHead();

    private ChannelHandlerContext ctx;
    private String clientAddress = "";
    private @Nullable Exchange exchange;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    ExchangeHandler(Loop loop, Services services, Flow clientFlow) {
        this.loop = loop;
        this.services = services;
        this.clientFlow = clientFlow;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case RequestHead head -> context.fireChannelRead(open(head));
            case GatewayError error -> refuseUnread(error);
            default -> passContent(context, message);
        }
    }

    private Exchange open(RequestHead head) {
        Exchange opened = new Exchange(
                this,
                loop,
                head,
                services.snapshots().current(),
                clientFlow,
                RequestId.of(head, loop.random()),
                clientAddress());
        opened.timeline().mark(Mark.RECEIVED, loop.wheel().now());
        exchange = opened;
        services.listener().exchangeStarted();
        return opened;
    }

    private String clientAddress() {
        if (clientAddress.isEmpty() && peer() instanceof InetSocketAddress address) {
            clientAddress = address.getAddress().getHostAddress();
        }
        return clientAddress;
    }

    private java.net.@Nullable SocketAddress peer() {
        var channel = ctx.channel();
        return channel.parent() == null || channel.remoteAddress() != null
                ? channel.remoteAddress()
                : channel.parent().remoteAddress();
    }

    /// What came is no request that anyone could route; it is answered and counted all the same.
    private void refuseUnread(GatewayError error) {
        if (exchange == null) {
            open(new RequestHead());
        }
        fail(current(), error);
    }

    private void passContent(ChannelHandlerContext context, Object piece) {
        Exchange current = exchange;
        if (current == null || current.hasEnded() || current.committed()) {
            ReferenceCountUtil.release(piece);
            return;
        }
        if (piece instanceof ByteBuf bytes) {
            current.received(bytes.readableBytes());
        }
        context.fireChannelRead(piece);
    }

    @Override
    public void head(Exchange replied, ResponseHead head) {
        if (!replied.hasEnded()) {
            commit(replied, head);
            ctx.write(head, ctx.voidPromise());
        }
    }

    @Override
    public void piece(Exchange replied, @Owned ByteBuf piece) {
        if (replied.hasEnded()) {
            piece.release();
        } else {
            replied.replied(piece.readableBytes());
            ctx.write(piece, ctx.voidPromise());
        }
    }

    @Override
    public void end(Exchange replied) {
        if (!replied.hasEnded()) {
            // First: the connection fills the head anew as soon as the end is written.
            finish(replied, Outcome.COMPLETED);
            ctx.write(MessageEnd.END, ctx.voidPromise());
            ctx.flush();
        }
    }

    @Override
    public void flush() {
        ctx.flush();
    }

    @Override
    public boolean writable() {
        return ctx.channel().isWritable();
    }

    private void commit(Exchange current, ResponseHead head) {
        long now = loop.wheel().readClock();
        current.commit(head.status(), now);
        head.drop(HeaderName.X_REQUEST_ID);
        head.add(HeaderName.X_REQUEST_ID, current.requestIdBytes());
        head.add(ReplyHeaders.OVERHEAD_US, current.overheadNanos() / 1000);
        current.decorate(head);
        if (current.head().has(HeaderName.ORIGIN)) {
            Cors.allow(current, head);
        }
    }

    private void finish(Exchange current, Outcome outcome) {
        current.timeline().mark(Mark.LAST_BYTE, loop.wheel().now());
        if (current.end(outcome)) {
            exchange = null;
            services.listener().exchangeEnded(current);
        }
    }

    @Override
    public void answer(Exchange answered, int status, byte[] contentType, byte[] body) {
        ResponseHead head = ownHead.start(status, body.length);
        if (body.length > 0) {
            head.add(HeaderName.CONTENT_TYPE, contentType);
        }
        writeOwn(answered, head, Unpooled.wrappedBuffer(body), Outcome.COMPLETED);
    }

    @Override
    public void chunkRelayed(Target target, long gapNanos) {
        services.listener().chunkRelayed(target, gapNanos);
    }

    /// The one door for everything that goes wrong.
    @Override
    public void fail(Exchange failed, GatewayError error) {
        if (failed.hasEnded()) {
            return;
        }
        failed.failedWith(error.code());
        if (error.code() == ErrorCode.INTERNAL) {
            LOG.error("exchange {} failed: {}", failed.requestId(), error.message(), error.cause());
        }
        if (failed.committed()) {
            cut(failed, error);
        } else {
            refuse(failed, error);
        }
    }

    private void refuse(Exchange failed, GatewayError error) {
        ByteBuf body = errorBody(failed, error);
        ResponseHead head = ownHead.start(error.code().status(), body.readableBytes());
        head.add(HeaderName.CONTENT_TYPE, ReplyHeaders.JSON);
        if (error.retryAfterSeconds() > 0) {
            head.add(ReplyHeaders.RETRY_AFTER, error.retryAfterSeconds());
        }
        switch (error.code()) {
            case UNAUTHORIZED, KEY_EXPIRED -> head.add(ReplyHeaders.WWW_AUTHENTICATE, ReplyHeaders.BEARER);
            case METHOD_NOT_ALLOWED -> head.add(ReplyHeaders.ALLOW, Ascii.bytes(allowed(failed)));
            default -> {}
        }
        writeOwn(failed, head, body, Outcome.REFUSED);
    }

    private ByteBuf errorBody(Exchange failed, GatewayError error) {
        JsonOutput out = new JsonOutput();
        errors(failed).writeError(error, failed.requestId(), now(), out);
        return out.toBuffer(ctx.alloc());
    }

    private ByteBuf errorEvent(Exchange failed, GatewayError error) {
        JsonOutput out = new JsonOutput();
        errors(failed).writeErrorEvent(error, failed.requestId(), now(), out);
        return out.toBuffer(ctx.alloc());
    }

    /// Who writes errors in the form that the client reads.
    private ErrorWriter errors(Exchange failed) {
        Operation asked = failed.operation();
        ErrorWriter writer = asked == null ? null : services.translations().errors(asked, failed.streamsArray());
        return writer == null ? FOR_STRANGERS : writer;
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String allowed(Exchange failed) {
        return failed.routed().method().equals("GET") ? "GET, HEAD, OPTIONS" : failed.routed().method() + ", OPTIONS";
    }

    private void writeOwn(Exchange ended, ResponseHead head, ByteBuf body, Outcome outcome) {
        commit(ended, head);
        ended.replied(body.readableBytes());
        ctx.write(head, ctx.voidPromise());
        ctx.write(body, ctx.voidPromise());
        finish(ended, outcome);
        ctx.write(MessageEnd.END, ctx.voidPromise());
        ctx.flush();
    }

    /// After the commit only visible truncation is honest: an error event where the client reads events, then the cut.
    private void cut(Exchange failed, GatewayError error) {
        if (failed.streamed()) {
            ByteBuf event = errorEvent(failed, error);
            failed.replied(event.readableBytes());
            ctx.write(event, ctx.voidPromise());
            ctx.flush();
        }
        ctx.write(Signal.CUT, ctx.voidPromise());
        finish(failed, Outcome.CUT);
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null) {
            finish(current, Outcome.ABANDONED);
        }
        context.fireChannelInactive();
    }

    /// A phase ran into a bug.
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof GatewayError error && exchange != null) {
            fail(exchange, error);
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof java.io.IOException)) {
            LOG.error("a connection failed", cause);
        }
        context.close();
    }

    private Exchange current() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("no exchange is open");
        }
        return current;
    }
}
