package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The upstream's end of one keep-alive connection: reads a request, answers as the [Script] of the moment says.
/// Confined to the event loop; has consumed what it reads when `channelRead` returns (see [SharedReadBuffer]).
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final byte[] USAGE_ASKED = "\"include_usage\":true".getBytes(StandardCharsets.US_ASCII);

    private final PreparedReplies replies;
    private final Supplier<Script> script;
    private final MessageHead head = new MessageHead();
    private final MessageBody body = new MessageBody();
    private int usageMatched;
    private int tokensLeft;
    private @Nullable Future<?> ticker;

    UpstreamConnection(PreparedReplies replies, Supplier<Script> script) {
        this.replies = replies;
        this.script = script;
        head.reset();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable()) {
                read(ctx, in);
            }
        } finally {
            in.release();
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) {
        if (!head.complete()) {
            if (!head.take(in)) {
                return;
            }
            usageMatched = 0;
            body.begin(head, script.get() instanceof Script.Stream ? this::lookForUsage : MessageBody.Sink.NONE);
        }
        if (body.take(in)) {
            head.reset();
            answer(ctx);
        }
    }

    private void lookForUsage(ByteBuf in, int start, int length) {
        for (int at = start; at < start + length && !usageAsked(); at++) {
            byte next = in.getByte(at);
            if (next == USAGE_ASKED[usageMatched]) {
                usageMatched++;
            } else if (next != ' ') {
                usageMatched = next == USAGE_ASKED[0] ? 1 : 0;
            }
        }
    }

    private boolean usageAsked() {
        return usageMatched == USAGE_ASKED.length;
    }

    private void answer(ChannelHandlerContext ctx) {
        switch (script.get()) {
            case Script.Plain() -> ctx.writeAndFlush(replies.plain(), ctx.voidPromise());
            case Script.Stream stream when stream.atOnce() -> streamAtOnce(ctx, stream);
            case Script.Stream stream -> beginStream(ctx, stream);
        }
    }

    private void streamAtOnce(ChannelHandlerContext ctx, Script.Stream stream) {
        ByteBuf out = replies.room(ctx.alloc(), stream.tokens() + 1);
        long now = System.nanoTime();
        replies.writeHead(out);
        for (int token = 0; token < stream.tokens(); token++) {
            replies.writeEvent(out, usageAsked(), now);
        }
        replies.writeEnd(out, usageAsked(), now);
        ctx.writeAndFlush(out, ctx.voidPromise());
    }

    private void beginStream(ChannelHandlerContext ctx, Script.Stream stream) {
        ByteBuf out = replies.room(ctx.alloc(), 1);
        tokensLeft = stream.tokens();
        replies.writeHead(out);
        writeToken(ctx, out);
        if (tokensLeft > 0) {
            long nanos = stream.interval().toNanos();
            ticker = ctx.executor().scheduleAtFixedRate(
                    () -> writeToken(ctx, replies.room(ctx.alloc(), 2)), nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void writeToken(ChannelHandlerContext ctx, ByteBuf out) {
        long now = System.nanoTime();
        replies.writeEvent(out, usageAsked(), now);
        if (--tokensLeft == 0) {
            replies.writeEnd(out, usageAsked(), now);
            stopTicker();
        }
        ctx.writeAndFlush(out, ctx.voidPromise());
    }

    private void stopTicker() {
        if (ticker != null) {
            ticker.cancel(false);
            ticker = null;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopTicker();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A proxy that gave a stream up resets its connection; what matters is seen and counted by the client's end.
        ctx.close();
    }
}
