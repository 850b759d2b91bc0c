package io.deltallm.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/// The client's end of one keep-alive connection: sends the prepared request when its [LoadClient] says so and checks
/// status and length of each reply. Confined to the event loop; has consumed what it reads when `channelRead` returns
/// (see [SharedReadBuffer]).
final class ClientConnection extends ChannelInboundHandlerAdapter {
    private static final int OK = 200;

    private final LoadClient load;
    private final MessageHead head = new MessageHead();
    private final MessageBody body = new MessageBody();
    private final SseCounter events = new SseCounter(this::eventArrived);
    private @Nullable ChannelHandlerContext ctx;
    private boolean busy;
    private boolean firstByteSeen;
    private long startedNanos;

    ClientConnection(LoadClient load) {
        this.load = load;
        head.reset();
    }

    /// Sends the request; its latency counts from `intendedNanos`.
    void send(ByteBuf request, long intendedNanos) {
        if (ctx != null) {
            busy = true;
            firstByteSeen = false;
            startedNanos = intendedNanos;
            ctx.writeAndFlush(request.retainedDuplicate(), ctx.voidPromise());
        }
    }

    void close() {
        if (ctx != null) {
            ctx.close();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ctx = context;
        load.idle(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            read(in);
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) {
        if (!busy) {
            fail("the peer sent " + in.readableBytes() + " bytes that nobody asked for");
            return;
        }
        if (!head.complete()) {
            if (!head.take(in)) {
                return;
            }
            events.reset();
            body.begin(head, load.scenario().streamed() ? events : MessageBody.Sink.NONE);
            if (!load.scenario().streamed()) {
                firstByte();
            }
        }
        if (body.take(in)) {
            end();
        }
    }

    private void eventArrived(long writtenNanos) {
        if (!firstByteSeen) {
            firstByte();
        }
        if (writtenNanos != 0) {
            load.recorder().eventArrived(System.nanoTime() - writtenNanos);
        }
    }

    private void firstByte() {
        firstByteSeen = true;
        load.recorder().firstByte.record(System.nanoTime() - startedNanos);
    }

    private void end() {
        String problem = problem();
        if (problem != null) {
            fail(problem);
            return;
        }
        busy = false;
        head.reset();
        load.recorder().requestEnded(System.nanoTime() - startedNanos);
        load.idle(this);
    }

    private @Nullable String problem() {
        if (head.status() != OK) {
            return "the peer answered \"" + head.firstLine() + "\" (expected: status " + OK + ")";
        }
        Scenario scenario = load.scenario();
        if (scenario.streamed()) {
            return events.events() == scenario.events() && events.atBoundary() ? null
                    : "a stream of " + events.events() + " events (expected: " + scenario.events() + ")";
        }
        return body.bytes() == PreparedReplies.PLAIN_BODY_BYTES ? null
                : "a body of " + body.bytes() + " bytes (expected: " + PreparedReplies.PLAIN_BODY_BYTES + ")";
    }

    private void fail(String reason) {
        load.recorder().failed(reason);
        busy = false;
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (busy) {
            load.recorder().failed("the peer closed the connection within a reply");
        }
        load.lost(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause.toString());
    }
}
