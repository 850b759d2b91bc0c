package io.deltallm.netty.ingress;

import io.deltallm.codec.Owned;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.Ascii;
import io.deltallm.codec.http.ChunkReader;
import io.deltallm.codec.http.HeadReader;
import io.deltallm.codec.http.MessageEnd;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.exchange.Loop;
import io.deltallm.netty.exchange.Signal;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.loop.Flow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection of a client (RFC 9112): reads requests one after the other, writes their replies, decides
/// whether the connection stays. Stands before the first phase; confined to the connection's event loop.
///
/// Bytes of a next request that come while a reply is under way wait here, unread, up to a limit; beyond it the client is
/// not read. Everything that makes the extent of a message doubtful is answered 400 and the connection is closed, since
/// what follows cannot be told from another request.
///
/// A refusal before the body has ended closes too: the answer goes out, the sending side is shut, and what the client still
/// sends is discarded for a short while, so that a reset does not overtake the answer.
final class Http1Handler extends ChannelDuplexHandler implements ClientConnection {
    private static final int MAX_PARKED = 64 * 1024;
    private static final byte[] CONTINUE = Ascii.bytes("HTTP/1.1 100 Continue\r\n\r\n");

    private enum State {
        /// Between requests, or inside a head.
        HEAD,
        /// Inside a body of stated length.
        LENGTH,
        CHUNKED,
        /// The request is read; its reply is under way.
        REPLYING,
        /// Nothing more is read from this connection.
        CLOSING
    }

    private final Loop loop;
    private final ConnectionSettings settings;
    private final ConnectionRegistry registry;
    private final Flow flow;
    private final RequestHead head = new RequestHead();
    private final HeadReader.OfRequest headReader;
    private final ChunkReader chunks = new ChunkReader();
    private final Http1Reply reply;
    private final Deadline clock = new Clock();

    private ChannelHandlerContext ctx;
    private State state = State.HEAD;
    private boolean replyEnded = true;
    private boolean reading;
    private boolean parked;
    private long left;
    private @Nullable ByteBuf input;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    Http1Handler(Loop loop, ConnectionSettings settings, ConnectionRegistry registry, Flow flow) {
        this.loop = loop;
        this.settings = settings;
        this.registry = registry;
        this.flow = flow;
        this.headReader = new HeadReader.OfRequest(head, settings.maxRequestLine(), settings.maxFields());
        this.reply = new Http1Reply(loop.headWriter());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        registry.add(this);
        loop.wheel().armFromNow(clock, settings.headerNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        loop.wheel().readClock();
        if (state == State.CLOSING) {
            bytes.release();
            return;
        }
        input = input == null
                ? bytes
                : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), input, bytes);
        readOn();
    }

    /// Reads as much as the state allows. Not re-entrant: a reply that ends inside leaves the going on to the outer call.
    private void readOn() {
        if (reading) {
            return;
        }
        reading = true;
        boolean more = true;
        while (more && input != null && input.isReadable()) {
            more = step(input);
        }
        reading = false;
        if (input != null && !input.isReadable()) {
            input.release();
            input = null;
        }
        parkOrUnpark();
    }

    /// Takes in some of the input. False when nothing more can be read for now.
    private boolean step(ByteBuf in) {
        return switch (state) {
            // Replies that the client does not read must not pile up: no further request until it does.
            case HEAD -> ctx.channel().isWritable() && readHead(in);
            case LENGTH -> readLength(in);
            case CHUNKED -> readChunks(in);
            case REPLYING -> false;
            case CLOSING -> discard(in);
        };
    }

    private boolean readHead(ByteBuf in) {
        boolean first = !headReader.started();
        if (!headReader.read(in)) {
            if (first) {
                loop.wheel().arm(clock, settings.headerNanos());
            }
            return false;
        }
        GatewayError failure = headReader.failure();
        if (failure != null) {
            refuseUnread(failure);
            return false;
        }
        startRequest();
        return true;
    }

    private void startRequest() {
        loop.wheel().cancel(clock);
        replyEnded = false;
        left = Math.max(0, head.contentLength());
        if (head.chunked()) {
            chunks.reset();
        }
        state = head.chunked() ? State.CHUNKED : left > 0 ? State.LENGTH : State.REPLYING;
        boolean whole = state == State.REPLYING;
        if (!whole) {
            loop.wheel().arm(clock, settings.bodyNanos());
        }
        ctx.fireChannelRead(head);
        if (whole && !replyEnded) {
            ctx.fireChannelRead(MessageEnd.END);
        }
    }

    private boolean readLength(ByteBuf in) {
        int piece = (int) Math.min(left, in.readableBytes());
        left -= piece;
        fire(take(in, piece));
        if (left == 0) {
            bodyEnded();
        } else {
            loop.wheel().arm(clock, settings.bodyNanos());
        }
        return true;
    }

    private boolean readChunks(ByteBuf in) {
        switch (chunks.next(in)) {
            case DATA -> {
                int piece = chunks.available(in);
                chunks.taken(piece);
                fire(take(in, piece));
                loop.wheel().arm(clock, settings.bodyNanos());
            }
            case MORE -> {
                return false;
            }
            case END -> bodyEnded();
            case FAILED -> {
                refuseUnread(GatewayError.of(
                        ErrorCode.MALFORMED_HTTP, "Malformed HTTP request: " + chunks.problem()));
                return false;
            }
        }
        return true;
    }

    /// The buffer itself if that is all of it, else a slice.
    private @Owned ByteBuf take(ByteBuf in, int bytes) {
        if (bytes == in.readableBytes()) {
            input = null;
            return in;
        }
        return in.readRetainedSlice(bytes);
    }

    private void fire(@Owned ByteBuf piece) {
        if (replyEnded) {
            piece.release();
        } else {
            ctx.fireChannelRead(piece);
        }
    }

    private void bodyEnded() {
        loop.wheel().cancel(clock);
        state = State.REPLYING;
        if (replyEnded) {
            nextRequest();
        } else {
            ctx.fireChannelRead(MessageEnd.END);
        }
    }

    /// What was read is no request: the phases answer it, then the connection goes.
    private void refuseUnread(GatewayError failure) {
        loop.wheel().cancel(clock);
        state = State.CLOSING;
        reply.close();
        replyEnded = false;
        ctx.fireChannelRead(failure);
    }

    private boolean discard(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        return false;
    }

    private void parkOrUnpark() {
        boolean waits = state == State.REPLYING || state == State.HEAD;
        boolean full = waits && input != null && input.readableBytes() >= MAX_PARKED;
        if (full != parked) {
            parked = full;
            if (full) {
                flow.hold();
            } else {
                flow.release();
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        switch (message) {
            case ResponseHead response -> {
                boolean stay = head.keepAlive() && !registry.draining() && restIsHere();
                reply.head(response, head, stay, context.alloc());
            }
            case ByteBuf piece -> reply.body(piece, context);
            case MessageEnd _ -> {
                reply.end(context);
                endReply();
            }
            case Signal signal -> signal(signal);
            default -> ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        reply.writePending(context);
        context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        if (context.channel().isWritable()) {
            loop.wheel().readClock();
            readOn();
        }
    }

    /// Whether the rest of the request has arrived, so that the connection can go on behind it.
    private boolean restIsHere() {
        return switch (state) {
            case HEAD, REPLYING -> true;
            case LENGTH -> left <= (input == null ? 0 : input.readableBytes());
            case CHUNKED, CLOSING -> false;
        };
    }

    private void signal(Signal signal) {
        switch (signal) {
            case CONTINUE -> ctx.write(
                    ctx.alloc().ioBuffer(CONTINUE.length).writeBytes(CONTINUE), ctx.voidPromise());
            case CUT -> {
                state = State.CLOSING;
                replyEnded = true;
                flush(ctx);
                ctx.close();
            }
        }
    }

    private void endReply() {
        replyEnded = true;
        reply.writePending(ctx);
        // A reply that began before the drain did not say so, but is the last one all the same.
        if (reply.closes() || registry.draining()) {
            state = State.CLOSING;
            loop.wheel().cancel(clock);
            Lingering.close(ctx, loop.wheel());
        } else if (state == State.REPLYING && !reading) {
            nextRequest();
            if (input != null) {
                // Behind the caller's own work, which still refers to the request that has just ended.
                ctx.executor().execute(this::readOn);
            }
        } else if (state == State.REPLYING) {
            nextRequest();
        }
    }

    private void nextRequest() {
        state = State.HEAD;
        headReader.reset();
        loop.wheel().arm(clock, settings.idleNanos());
    }

    /// Between requests it closes now; otherwise the reply under way says that it is the last.
    @Override
    public void drain() {
        if (state == State.HEAD && !headReader.started()) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        state = State.CLOSING;
        registry.remove(this);
        loop.wheel().cancel(clock);
        releaseInput();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        registry.remove(this);
        loop.wheel().cancel(clock);
        releaseInput();
    }

    private void releaseInput() {
        reply.release();
        if (input != null) {
            input.release();
            input = null;
        }
    }

    /// Times a head, a body's pieces, and idleness, one after the other.
    private final class Clock extends Deadline {
        @Override
        protected void expired() {
            switch (state) {
                case HEAD -> {
                    if (headReader.started()) {
                        refuseUnread(GatewayError.of(
                                ErrorCode.REQUEST_TIMEOUT, "The request head did not arrive in time"));
                    } else {
                        ctx.close();
                    }
                }
                case LENGTH, CHUNKED -> refuseUnread(GatewayError.of(
                        ErrorCode.REQUEST_TIMEOUT, "The request body did not arrive in time"));
                case REPLYING, CLOSING -> {}
            }
        }
    }
}
