package io.deltallm.netty.upstream;

import io.deltallm.codec.Owned;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// One try of one request at one destination: waits for a connection, is sent, hears the reply. Confined to one event loop.
///
/// Ownership: `body` is borrowed from the exchange until the reply begins; each sending writes a duplicate of it, because
/// tries must not share a reader index. What reaches [Listener#body] is owned by the listener.
///
/// A connection that was open from before may have been closed by the provider at the very moment it was taken. If it dies
/// before the first byte of a reply, nothing is known to have been processed by a live peer, and the attempt moves once to a
/// fresh connection.
public final class Attempt {

    /// Hears what becomes of the attempt. After `ended` or `failed` nothing more comes; after [Attempt#cancel] nothing at all.
    public interface Listener {
        /// The request is on its way; again after a move to a fresh connection.
        void sent(long nanoTime);

        /// The reply's head. Borrowed until `ended` or `failed`.
        void replied(ResponseHead head, long nanoTime);

        void body(@Owned ByteBuf piece, long nanoTime);

        /// Nothing more to read for now: flush what was relayed.
        void readComplete();

        void ended();

        /// @param replied whether the head had arrived before
        void failed(GatewayError error, boolean replied);
    }

    private enum State {
        WAITING,
        SENT,
        REPLYING,
        DONE
    }

    private final Destination destination;
    private final RequestEntry entry;
    private final RequestHead head;
    private final ByteBuf body;
    private final RequestPatch patch;
    private final Listener listener;

    private State state = State.WAITING;
    private int connections;
    private boolean reused;
    private long waitingSince;
    private @Nullable UpstreamConnection connection;

    public Attempt(
            Destination destination,
            RequestEntry entry,
            RequestHead head,
            ByteBuf body,
            RequestPatch patch,
            Listener listener) {
        this.destination = destination;
        this.entry = entry;
        this.head = head;
        this.body = body;
        this.patch = patch;
        this.listener = listener;
    }

    public void start() {
        destination.pool().acquire(this);
    }

    /// Connections it was sent on, 0 if none.
    public int connections() {
        return connections;
    }

    /// Stops: a connection in use is closed, since the rest of its reply is unwanted.
    public void cancel() {
        State was = state;
        state = State.DONE;
        if (was == State.WAITING) {
            destination.pool().forget(this);
        } else if (was != State.DONE && connection != null) {
            connection.abort();
        }
    }

    /// Stops or resumes reading the reply, because the client is slow.
    public void pause(boolean paused) {
        if (connection != null && state != State.DONE) {
            connection.pause(paused);
        }
    }

    Destination destination() {
        return destination;
    }

    RequestEntry entry() {
        return entry;
    }

    RequestHead head() {
        return head;
    }

    ByteBuf requestBody() {
        return body;
    }

    RequestPatch patch() {
        return patch;
    }

    /// When it began to wait for a connection.
    long waitingSince() {
        return waitingSince;
    }

    void waitSince(long nanoTime) {
        waitingSince = nanoTime;
    }

    boolean waiting() {
        return state == State.WAITING;
    }

    /// The pool has a connection: the request goes out.
    void connected(UpstreamConnection granted, boolean wasReused) {
        connection = granted;
        reused = wasReused;
        state = State.SENT;
        connections++;
        granted.send(this);
        listener.sent(granted.sentAt());
    }

    void replied(ResponseHead reply, long nanoTime) {
        state = State.REPLYING;
        listener.replied(reply, nanoTime);
    }

    void body(@Owned ByteBuf piece, long nanoTime) {
        if (state == State.DONE) {
            piece.release();
            return;
        }
        listener.body(piece, nanoTime);
    }

    void readComplete() {
        if (state != State.DONE) {
            listener.readComplete();
        }
    }

    void ended() {
        if (state != State.DONE) {
            state = State.DONE;
            connection = null;
            listener.ended();
        }
    }

    /// The connection was closed or broke.
    void disconnected(GatewayError error) {
        if (state == State.SENT && reused && error.code().retry() == ErrorCode.Retry.FRESH_CONNECTION) {
            state = State.WAITING;
            connection = null;
            destination.pool().acquireFresh(this);
            return;
        }
        failed(error);
    }

    void failed(GatewayError error) {
        if (state != State.DONE) {
            boolean hadReply = state == State.REPLYING;
            state = State.DONE;
            connection = null;
            listener.failed(error, hadReply);
        }
    }
}
