package io.deltallm.netty.upstream;

import io.deltallm.codec.BufferSink;
import io.deltallm.codec.Owned;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.ChunkReader;
import io.deltallm.codec.http.HeadReader;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.loop.Flow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection to a provider: writes a request, reads its reply, goes back to its pool. Last handler of its
/// channel. Confined to the event loop, which is also the client's.
///
/// Ownership: a read buffer is passed on whole when it holds nothing but body, in slices otherwise; nothing is copied.
final class UpstreamConnection extends ChannelInboundHandlerAdapter implements BufferSink {
    private static final int MAX_HEAD = 64 * 1024;
    /// Up to here a body copied behind its head is cheaper than a buffer of its own in a gathering write.
    private static final int COPY_BYTES = 2048;

    private enum State {
        /// In the pool, nothing expected.
        IDLE,
        /// Waiting for a head, or for one after an interim reply.
        HEAD,
        /// Inside a body of stated length.
        LENGTH,
        CHUNKED,
        /// Inside a body that ends with the connection.
        UNTIL_CLOSE,
        CLOSED
    }

    private final LoopPool owner;
    private final OriginPool pool;
    private final ResponseHead head = new ResponseHead();
    private final HeadReader.OfResponse headReader = new HeadReader.OfResponse(head, MAX_HEAD);
    private final ChunkReader chunks = new ChunkReader();
    private final Deadline clock = new Clock();

    private ChannelHandlerContext ctx;
    private Flow flow;
    private State state = State.IDLE;
    private boolean opened;
    private boolean lent = true;
    private boolean paused;
    private long left;
    private long heardAt;
    private @Nullable Attempt attempt;

    @SuppressWarnings("NullAway.Init") // ctx and flow are set when the handler is added, before anything else can happen
    UpstreamConnection(LoopPool owner, OriginPool pool) {
        this.owner = owner;
        this.pool = pool;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        flow = new Flow(added.channel());
    }

    /// Connected and, with TLS, shaken hands. What goes wrong before, the connector tells the pool.
    void opened() {
        opened = true;
    }

    boolean usable() {
        return state == State.IDLE && ctx.channel().isActive();
    }

    void enterIdle(long expiryNanos) {
        lent = false;
        owner.wheel().arm(clock, expiryNanos);
    }

    void leaveIdle() {
        lent = true;
        owner.wheel().cancel(clock);
    }

    /// Writes the whole request; the reply may begin before it is all on the wire.
    void send(Attempt next) {
        attempt = next;
        state = State.HEAD;
        headReader.reset();
        ByteBuf body = next.requestBody();
        int bodyBytes = body.readableBytes() + next.patch().lengthDelta();
        boolean small = bodyBytes <= COPY_BYTES;
        ByteBuf head = owner.headWriter()
                .request(
                        next.entry(),
                        rest(next),
                        next.head(),
                        bodyBytes,
                        small ? bodyBytes : 0,
                        ctx.alloc());
        if (small) {
            next.patch().copyTo(body, head);
        }
        accept(head);
        if (!small) {
            // One duplicate a sending: tries must not share a reader index.
            next.patch().apply(body.retainedDuplicate(), ctx.alloc(), this);
        }
        ctx.flush();
        owner.wheel().armFromNow(clock, next.destination().firstByteNanos());
    }

    private byte[] rest(Attempt next) {
        RequestCredential credential = next.destination().credential();
        if (!credential.signs()) {
            return credential.rest();
        }
        ByteBuf sent = ctx.alloc().heapBuffer(next.requestBody().readableBytes() + next.patch().lengthDelta());
        try {
            next.patch().copyTo(next.requestBody(), sent);
            return credential.signed(next.entry(), sent, System.currentTimeMillis() / 1000);
        } finally {
            sent.release();
        }
    }

    /// When the last request was written, by the monotonic clock.
    long sentAt() {
        return owner.wheel().now();
    }

    /// Takes one piece of the request.
    @Override
    public void accept(@Owned ByteBuf piece) {
        ctx.write(piece, ctx.voidPromise());
    }

    void pause(boolean nowPaused) {
        if (nowPaused == paused) {
            return;
        }
        paused = nowPaused;
        if (paused) {
            // Silence is now the client's doing.
            owner.wheel().cancel(clock);
            flow.hold();
        } else {
            owner.wheel().armFromNow(clock, patienceNanos());
            flow.release();
        }
    }

    /// The rest of the reply is unwanted.
    void abort() {
        attempt = null;
        close();
    }

    void close() {
        if (attempt == null) {
            // At once: with TLS the channel stays active until the goodbye is written.
            state = State.CLOSED;
        }
        ctx.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        long now = owner.wheel().readClock();
        heardAt = now;
        try {
            while (in != null && in.isReadable()) {
                in = read(in, now);
            }
        } finally {
            if (in != null) {
                in.release();
            }
        }
    }

    /// Takes in some of the buffer; null when it was passed on whole.
    private @Nullable ByteBuf read(@Owned ByteBuf in, long now) {
        return switch (state) {
            case IDLE, CLOSED -> unexpected(in);
            case HEAD -> readHead(in, now);
            case LENGTH -> readLength(in, now);
            case CHUNKED -> readChunks(in, now);
            case UNTIL_CLOSE -> passOn(in, in.readableBytes(), now);
        };
    }

    /// Bytes nobody asked for: the peer is broken or hostile, and what follows cannot be told from a reply.
    private ByteBuf unexpected(ByteBuf in) {
        in.skipBytes(in.readableBytes());
        close();
        return in;
    }

    private ByteBuf readHead(ByteBuf in, long now) {
        if (!headReader.read(in)) {
            return in;
        }
        GatewayError failure = headReader.failure();
        if (failure != null) {
            in.skipBytes(in.readableBytes());
            fail(failure);
        } else if (head.interim()) {
            headReader.reset();
        } else {
            startBody();
            owner.wheel().arm(clock, patienceNanos());
            current().replied(head, now);
            if (state == State.LENGTH && left == 0) {
                complete(in);
            }
        }
        return in;
    }

    private void startBody() {
        if (ResponseHead.bodiless(head.status())) {
            left = 0;
            state = State.LENGTH;
        } else if (head.chunked()) {
            chunks.reset();
            state = State.CHUNKED;
        } else if (head.contentLength() >= 0) {
            left = head.contentLength();
            state = State.LENGTH;
        } else {
            state = State.UNTIL_CLOSE;
        }
    }

    private @Nullable ByteBuf readLength(@Owned ByteBuf in, long now) {
        int piece = (int) Math.min(left, in.readableBytes());
        left -= piece;
        ByteBuf rest = passOn(in, piece, now);
        if (left == 0 && state == State.LENGTH) {
            complete(rest);
        }
        return rest;
    }

    private @Nullable ByteBuf readChunks(@Owned ByteBuf in, long now) {
        switch (chunks.next(in)) {
            case DATA -> {
                int piece = chunks.available(in);
                chunks.taken(piece);
                return passOn(in, piece, now);
            }
            case MORE -> {}
            case END -> complete(in);
            case FAILED -> {
                in.skipBytes(in.readableBytes());
                fail(GatewayError.of(
                        ErrorCode.UPSTREAM_PROTOCOL, "The provider sent a malformed reply: " + chunks.problem()));
            }
        }
        return in;
    }

    /// Hands `bytes` of the buffer to the attempt: the buffer itself if that is all of it, else a slice.
    private @Nullable ByteBuf passOn(@Owned ByteBuf in, int bytes, long now) {
        Attempt receiver = attempt;
        if (receiver == null) {
            in.skipBytes(bytes);
            return in;
        }
        if (bytes == in.readableBytes()) {
            receiver.body(in, now);
            return null;
        }
        receiver.body(in.readRetainedSlice(bytes), now);
        return in;
    }

    /// The reply is whole. What stands behind it was not asked for: the next one in line must not take it for its reply.
    private void complete(@Nullable ByteBuf behind) {
        Attempt ended = attempt;
        attempt = null;
        owner.wheel().cancel(clock);
        if (paused) {
            paused = false;
            flow.release();
        }
        boolean clean = behind == null || !behind.isReadable();
        boolean reusable = clean && head.keepAlive() && requestWritten();
        state = State.IDLE;
        if (reusable) {
            pool.release(this);
        } else {
            close();
        }
        if (ended != null) {
            ended.ended();
        }
    }

    /// A provider may answer before it has read everything; what is still queued would then stand before the next request.
    private boolean requestWritten() {
        ChannelOutboundBuffer queued = ctx.channel().unsafe().outboundBuffer();
        return queued != null && queued.isEmpty();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (attempt != null) {
            attempt.readComplete();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        State was = state;
        state = State.CLOSED;
        owner.wheel().cancel(clock);
        if (!opened) {
            return;
        }
        if (!lent) {
            pool.lostIdle(this);
            return;
        }
        Attempt cut = attempt;
        attempt = null;
        pool.lost();
        if (cut == null) {
            return;
        }
        if (was == State.UNTIL_CLOSE) {
            cut.ended();
        } else if (was == State.HEAD && !headReader.started()) {
            cut.disconnected(GatewayError.of(
                    ErrorCode.UPSTREAM_CLOSED, "The provider closed the connection without a reply"));
        } else {
            cut.failed(GatewayError.of(ErrorCode.UPSTREAM_PROTOCOL, "The provider cut its reply short"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset or a failed write: the channel closes, and channelInactive tells whoever waits.
        close();
    }

    private void fail(GatewayError error) {
        Attempt failed = attempt;
        attempt = null;
        close();
        if (failed != null) {
            failed.failed(error);
        }
    }

    private Attempt current() {
        Attempt current = attempt;
        if (current == null) {
            throw new IllegalStateException("a reply without a request");
        }
        return current;
    }

    private long patienceNanos() {
        Destination destination = current().destination();
        return state == State.HEAD ? destination.firstByteNanos() : destination.silenceNanos();
    }

    private final class Clock extends Deadline {
        @Override
        protected void expired() {
            if (attempt == null) {
                close();
                return;
            }
            long patience = heardAt + patienceNanos() - owner.wheel().now();
            if (state != State.HEAD && patience > 0) {
                owner.wheel().arm(this, patience);
            } else if (state == State.HEAD) {
                fail(GatewayError.of(ErrorCode.UPSTREAM_TIMEOUT, "The provider did not begin to reply in time"));
            } else {
                fail(GatewayError.of(ErrorCode.UPSTREAM_TIMEOUT, "The provider fell silent in the middle of its reply"));
            }
        }
    }
}
