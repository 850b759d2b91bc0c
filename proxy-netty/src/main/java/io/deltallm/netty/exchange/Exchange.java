package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.dialect.RequestOutline;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.loop.Flow;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.deltallm.policy.telemetry.Timeline;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its reply, from first byte to last: everything that is known of it, each thing set once by the phase
/// named beside it. Confined to its event loop; not kept after its end.
///
/// What a phase acquires for it is given back in [#onEnd(Ending)], which runs exactly once for success, failure and
/// vanished client alike.
public final class Exchange implements ExchangeFacts {
    private static final int MAX_ENDINGS = 8;

    /// Where replies, errors and ends go: the first phase. A reply goes there straight from its source, past the phases in
    /// between, which only look at requests.
    interface Edge {
        void head(Exchange exchange, ResponseHead head);

        void piece(Exchange exchange, @Owned ByteBuf piece);

        void end(Exchange exchange);

        void flush();

        /// Whether the client takes more for now.
        boolean writable();

        void fail(Exchange exchange, GatewayError error);

        void answer(Exchange exchange, int status, byte[] contentType, byte[] body);

        void chunkRelayed(Target target, long gapNanos);
    }

    /// Adds headers of its own to the reply, whoever answers.
    interface Decoration {
        void decorate(Exchange exchange, ResponseHead head);
    }

    // ExchangeHandler
    private final Edge edge;
    private final Loop loop;
    private final RequestHead head;
    private final Snapshot snapshot;
    private final Flow clientFlow;
    private final byte[] requestId;
    private final String clientAddress;
    private final Timeline timeline = new Timeline();
    private final Ending[] endings = new Ending[MAX_ENDINGS];
    private int endingCount;
    private int status;
    private boolean committed;
    private @Nullable Outcome outcome;
    private @Nullable ErrorCode error;
    private long requestBytes;
    private long responseBytes;
    private long waitedNanos;
    private long overheadNanos;

    // RouteHandler
    private @Nullable Route route;

    // AuthenticationHandler
    private @Nullable Caller caller;

    // RequestBodyHandler
    private @Nullable RequestOutline outline;
    private @Nullable ByteBuf body;

    // AdmissionHandler
    private @Nullable ModelGroup group;
    private @Nullable Decoration decoration;

    // UpstreamHandler and its ReplySource
    private @Nullable Target target;
    private int attempts;
    private boolean streamed;
    private @Nullable Usage usage;

    Exchange(
            Edge edge,
            Loop loop,
            RequestHead head,
            Snapshot snapshot,
            Flow clientFlow,
            byte[] requestId,
            String clientAddress) {
        this.edge = edge;
        this.loop = loop;
        this.head = head;
        this.snapshot = snapshot;
        this.clientFlow = clientFlow;
        this.requestId = requestId;
        this.clientAddress = clientAddress;
    }

    Loop loop() {
        return loop;
    }

    /// The request's head; the connection reuses it for its next request.
    RequestHead head() {
        return head;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /// Holding it stops reading from the client.
    Flow clientFlow() {
        return clientFlow;
    }

    byte[] requestIdBytes() {
        return requestId;
    }

    /// Registers what must be given back when the exchange ends. Endings run in reverse order.
    void onEnd(Ending ending) {
        if (endingCount == MAX_ENDINGS) {
            throw new IllegalStateException("more than " + MAX_ENDINGS + " endings");
        }
        endings[endingCount++] = ending;
    }

    /// Ends the exchange with an error: the one door for refusals, failures and bugs.
    void fail(GatewayError failure) {
        edge.fail(this, failure);
    }

    /// Answers from here, without a provider. Ends the exchange.
    void answer(int withStatus, byte[] contentType, byte[] bytes) {
        edge.answer(this, withStatus, contentType, bytes);
    }

    /// Sends the reply's head; pieces and end follow. Of an exchange that has ended nothing goes out any more.
    void reply(ResponseHead replyHead) {
        edge.head(this, replyHead);
    }

    void reply(@Owned ByteBuf piece) {
        edge.piece(this, piece);
    }

    /// The reply is whole: ends the exchange, and flushes.
    void replyEnded() {
        edge.end(this);
    }

    void flush() {
        edge.flush();
    }

    /// Whether the client takes more for now.
    boolean writable() {
        return edge.writable();
    }

    boolean hasEnded() {
        return outcome != null;
    }

    /// Whether the reply's head has gone out: nothing can be retried or refused any more.
    boolean committed() {
        return committed;
    }

    /// The reply's head goes out: from the whole request to its sending, and from the reply's head to here, was our time.
    void commit(int withStatus, long nowNanos) {
        status = withStatus;
        committed = true;
        long start = timeline.at(timeline.has(Mark.BODY_RECEIVED) ? Mark.BODY_RECEIVED : Mark.RECEIVED);
        long handled = timeline.has(Mark.FIRST_BYTE)
                ? timeline.at(Mark.SENT) - start + nowNanos - timeline.at(Mark.FIRST_BYTE)
                : nowNanos - start;
        overheadNanos = Math.max(0, handled - waitedNanos);
    }

    void failedWith(ErrorCode code) {
        error = code;
    }

    void received(int bytes) {
        requestBytes += bytes;
    }

    void replied(int bytes) {
        responseBytes += bytes;
    }

    /// Runs the endings. A second call does nothing.
    boolean end(Outcome how) {
        if (outcome != null) {
            return false;
        }
        outcome = how;
        for (int i = endingCount - 1; i >= 0; i--) {
            endings[i].ended(this, how);
        }
        releaseBody();
        return true;
    }

    void route(Route asked) {
        route = asked;
    }

    Route routed() {
        return Objects.requireNonNull(route);
    }

    /// What is asked of a model; null for everything else, and while nobody has looked at the path.
    @Nullable Operation operation() {
        return switch (route) {
            case Route.Relay relay -> relay.operation();
            case Route.Passthrough passthrough -> passthrough.operation();
            case null, default -> null;
        };
    }

    /// Whether the client takes a stream as one JSON array: Google's do, unless their query asks for events.
    boolean streamsArray() {
        if (!(route instanceof Route.Relay relay) || !relay.path().stream()) {
            return false;
        }
        String query = head.query();
        return query == null || !List.of(query.split("&")).contains("alt=sse");
    }

    void caller(Caller who) {
        caller = who;
    }

    Caller authenticated() {
        return Objects.requireNonNull(caller);
    }

    void body(RequestOutline scanned, @Owned ByteBuf whole) {
        outline = scanned;
        body = whole;
    }

    RequestOutline outline() {
        return Objects.requireNonNull(outline);
    }

    /// The whole body. Borrowed; null once the reply has begun.
    ByteBuf body() {
        return Objects.requireNonNull(body);
    }

    /// After the first byte of a reply nothing is sent again.
    void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    void group(ModelGroup chosen) {
        group = chosen;
    }

    ModelGroup group() {
        return Objects.requireNonNull(group);
    }

    void decoration(Decoration headers) {
        decoration = headers;
    }

    void decorate(ResponseHead reply) {
        if (decoration != null) {
            decoration.decorate(this, reply);
        }
    }

    void target(Target chosen) {
        target = chosen;
    }

    void attempted(int connections) {
        attempts = connections;
    }

    void streams() {
        streamed = true;
    }

    /// A further piece of a streamed reply came `gapNanos` after the one before.
    void chunkRelayed(long gapNanos) {
        if (target != null) {
            edge.chunkRelayed(target, gapNanos);
        }
    }

    void used(Usage found) {
        usage = found;
    }

    /// Time that was not the gateway's own: waiting for a store or a provider.
    void waited(long nanos) {
        waitedNanos += nanos;
    }

    @Override
    public String requestId() {
        return new String(requestId, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String route() {
        return route == null ? "unknown" : route.label();
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public String path() {
        return head.path();
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Outcome outcome() {
        return Objects.requireNonNull(outcome);
    }

    @Override
    public @Nullable ErrorCode error() {
        return error;
    }

    @Override
    public @Nullable Caller caller() {
        return caller;
    }

    @Override
    public @Nullable String requestedModel() {
        return outline == null ? null : outline.model();
    }

    @Override
    public @Nullable Target target() {
        return target;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public boolean streamed() {
        return streamed;
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    @Override
    public long overheadNanos() {
        return overheadNanos;
    }

    @Override
    public long requestBytes() {
        return requestBytes;
    }

    @Override
    public long responseBytes() {
        return responseBytes;
    }

    @Override
    public String clientAddress() {
        return clientAddress;
    }
}
