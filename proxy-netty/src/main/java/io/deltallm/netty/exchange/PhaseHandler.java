package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.offload.Patience;
import io.deltallm.policy.model.Answer;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A phase of an exchange: lets it proceed, refuses it, or waits. One object a connection (HTTP/1.1) or stream (HTTP/2),
/// confined to its event loop.
///
/// An [Exchange] arrives first, then the pieces of its body and their end. While a phase waits, what arrives is queued
/// behind it and the client is not read.
abstract class PhaseHandler extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PhaseHandler.class);
    private static final Patience PAGE = Patience.usual(ErrorCode.OVERLOADED, "the page was not written");

    private final Offload offload;
    private @Nullable ArrayDeque<Object> queue;
    private boolean waiting;

    PhaseHandler(Offload offload) {
        this.offload = offload;
    }

    /// Decides about the exchange; ends in exactly one of `proceed`, `refuse` and `await`, unless the phase waits in its
    /// own way.
    abstract void enter(ChannelHandlerContext ctx, Exchange exchange);

    /// A piece of the request's body or its end, for the phase that wants it.
    void content(ChannelHandlerContext ctx, Object piece) {
        ctx.fireChannelRead(piece);
    }

    final void proceed(ChannelHandlerContext ctx, Exchange exchange) {
        ctx.fireChannelRead(exchange);
    }

    static void refuse(Exchange exchange, GatewayError error) {
        exchange.fail(error);
    }

    static void tell(Exchange exchange, Answer answer) {
        switch (answer) {
            case Answer.Given(byte[] json) -> exchange.answer(200, ReplyHeaders.JSON, json);
            case Answer.Refused(GatewayError error) -> refuse(exchange, error);
        }
    }

    /// Runs blocking work elsewhere; `then` or a refusal follows on this loop, unless the exchange has ended meanwhile.
    ///
    /// @param patience how long it may take, and what is said where it takes longer
    final <T> void await(
            ChannelHandlerContext ctx, Exchange exchange, Patience patience, Callable<T> work, Consumer<T> then) {
        waiting = true;
        exchange.clientFlow().hold();
        offload.call(
                ctx.executor(), patience, work, result -> resume(ctx, exchange, () -> then.accept(result)), error ->
                        resume(ctx, exchange, () -> refuse(exchange, error)));
    }

    /// Answers with a page for operators, which is written elsewhere.
    final void showPage(ChannelHandlerContext ctx, Exchange exchange, Pages pages, Route.Probe probe) {
        RequestHead head = exchange.head();
        String path = head.path();
        String query = head.query();
        String accept = head.value(HeaderName.ACCEPT);
        await(
                ctx,
                exchange,
                PAGE,
                () -> pages.page(probe, path, query, accept),
                page -> exchange.answer(page.status(), Ascii.bytes(page.contentType()), page.body()));
    }

    private void resume(ChannelHandlerContext ctx, Exchange exchange, Runnable next) {
        waiting = false;
        exchange.loop().wheel().readClock();
        exchange.clientFlow().release();
        if (!exchange.hasEnded()) {
            next.run();
        }
        ArrayDeque<Object> held = queue;
        while (held != null && !waiting && !held.isEmpty()) {
            deliver(ctx, exchange, held.poll());
        }
    }

    private void deliver(ChannelHandlerContext ctx, Exchange exchange, Object piece) {
        if (exchange.hasEnded()) {
            ReferenceCountUtil.release(piece);
        } else {
            content(ctx, piece);
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Exchange exchange) {
            enter(ctx, exchange);
        } else if (waiting) {
            if (queue == null) {
                queue = new ArrayDeque<>();
            }
            queue.add(message);
        } else {
            content(ctx, message);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ArrayDeque<Object> held = queue;
        while (held != null && !held.isEmpty()) {
            ReferenceCountUtil.release(held.poll());
        }
    }

    /// A bug in a phase, or a failed write: the exchange of this connection fails, the connection goes.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            ctx.close();
            return;
        }
        LOG.error("a phase failed", cause);
        ctx.pipeline().fireUserEventTriggered(GatewayError.of(
                ErrorCode.INTERNAL, "The gateway failed to handle the request").causedBy(cause));
    }
}
