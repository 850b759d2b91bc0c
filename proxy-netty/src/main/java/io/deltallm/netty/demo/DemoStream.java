package io.deltallm.netty.demo;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

/// Sends a [Completion] as server-sent events, one event for each beat of the clock, the way a model talks. Confined
/// to its connection's event loop; ends with the answer or with the connection.
final class DemoStream implements Runnable {
    private final ChannelHandlerContext ctx;
    private final Completion completion;
    private final boolean includeUsage;
    private final Duration pace;
    private final Done done;
    private int next;

    DemoStream(
            ChannelHandlerContext ctx, Completion completion, boolean includeUsage, Duration pace, Done done) {
        this.ctx = ctx;
        this.completion = completion;
        this.includeUsage = includeUsage;
        this.pace = pace;
        this.done = done;
    }

    void start() {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(CONTENT_TYPE, "text/event-stream; charset=utf-8").set(CACHE_CONTROL, "no-cache");
        HttpUtil.setTransferEncodingChunked(head, true);
        ctx.write(head);
        run();
    }

    /// Sends one event and calls itself again a beat later.
    @Override
    public void run() {
        if (!ctx.channel().isActive()) {
            return;
        }
        try {
            if (next == completion.events()) {
                finish();
                return;
            }
            int index = next++;
            ctx.writeAndFlush(new DefaultHttpContent(
                    event(json -> completion.writeEvent(json, index, includeUsage))));
            ctx.executor().schedule(this, pace.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            ctx.fireExceptionCaught(e);
        }
    }

    private void finish() throws IOException {
        if (includeUsage) {
            ctx.write(new DefaultHttpContent(event(completion::writeUsageEvent)));
        }
        ByteBuf last = ctx.alloc().buffer();
        ByteBufUtil.writeAscii(last, "data: [DONE]\n\n");
        ctx.writeAndFlush(new DefaultLastHttpContent(last));
        done.streamed();
    }

    private ByteBuf event(DemoJson.Body body) throws IOException {
        ByteBuf buf = ctx.alloc().buffer();
        try {
            ByteBufUtil.writeAscii(buf, "data: ");
            DemoJson.write(buf, body);
            ByteBufUtil.writeAscii(buf, "\n\n");
            return buf;
        } catch (IOException | RuntimeException e) {
            buf.release();
            throw e;
        }
    }

    /// Told once, on the event loop, when the last event is written.
    interface Done {
        void streamed() throws IOException;
    }
}
