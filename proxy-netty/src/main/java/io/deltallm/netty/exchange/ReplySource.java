package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.upstream.Attempt;
import io.deltallm.netty.upstream.Destination;
import io.deltallm.netty.upstream.UpstreamTarget;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends what a request has become to its provider, and is the source of the reply. One a connection or stream, used for one
/// exchange after the other; confined to the event loop. Owns the attempt, the body that was written anew, and the relay.
final class ReplySource implements Ending, Attempt.Listener {
    private final Offload offload;
    private final RawRelay raw;
    private final Deadline total = new Total();

    private @Nullable Exchange exchange;
    private @Nullable UpstreamTarget target;
    private @Nullable Attempt attempt;
    private Relay relay;
    /// Null while the request goes on as it came.
    private @Nullable TranslatedCall translated;
    private @Nullable ByteBuf translatedBody;
    /// A stream that is relayed comes in frames of the provider's.
    private boolean framed;
    private long startedAt;
    private boolean starting;

    /// @param offload where large replies are read
    ReplySource(Loop loop, Offload offload) {
        this.offload = offload;
        this.raw = new RawRelay(loop.block());
        this.relay = raw;
    }

    /// What passes a reply on that goes on as it comes.
    RawRelay raw() {
        return raw;
    }

    void begin(Exchange entered, UpstreamTarget chosen) {
        exchange = entered;
        target = chosen;
        entered.onEnd(this);
    }

    /// Sends the request as it came, but for the patch.
    ///
    /// @param frames whether a stream may come in frames that the client knows nothing of
    void send(RequestEntry entry, RequestPatch patch, boolean frames) {
        Exchange entered = current();
        framed = frames;
        start(new Attempt(chosen().destination(), entry, entered.head(), entered.body(), patch, this));
    }

    /// Sends the request as it was written anew in the operation's format.
    void send(Operation to, TranslatedCall call) {
        Exchange entered = current();
        translated = call;
        ByteBuf body = call.body().toBuffer(entered.loop().buffers());
        translatedBody = body;
        RequestEntry entry = chosen().entries().translated(to, call.streamed());
        if (to == Operation.REPLICATE_PREDICTION) {
            relay = new PredictionRelay(this, entered, chosen(), call);
        }
        start(new Attempt(chosen().destination(), entry, entered.head(), body, RequestPatch.none(), this));
    }

    private void start(Attempt made) {
        Exchange entered = current();
        UpstreamTarget chosen = chosen();
        dropOwnHeaders(chosen, entered);
        entered.loop().wheel().arm(total, chosen.totalNanos());
        launch(made);
    }

    private static void dropOwnHeaders(UpstreamTarget chosen, Exchange entered) {
        List<String> names = chosen.ownHeaders();
        for (int i = 0; i < names.size(); i++) {
            entered.head().drop(names.get(i));
        }
    }

    private void launch(Attempt made) {
        attempt = made;
        startedAt = current().loop().wheel().now();
        starting = true;
        made.start();
        starting = false;
    }

    /// The reply so far was not the answer: asks for what follows. What passed since the last request was the provider's time.
    void ask(Destination where, RequestEntry entry) {
        Exchange entered = current();
        entered.waited(entered.loop().wheel().now() - startedAt);
        launch(new Attempt(where, entry, entered.head(), Unpooled.EMPTY_BUFFER, RequestPatch.none(), this));
    }

    @Override
    public void sent(long nanoTime) {
        Exchange current = current();
        if (!starting) {
            // Opening a connection, or waiting for one, is the provider's time.
            current.waited(nanoTime - startedAt);
        }
        current.timeline().mark(Mark.SENT, nanoTime);
    }

    @Override
    public void replied(ResponseHead head, long nanoTime) {
        Exchange current = current();
        current.timeline().mark(Mark.FIRST_BYTE, nanoTime);
        current.releaseBody();
        releaseTranslatedBody();
        TranslatedCall call = translated;
        if (relay instanceof PredictionRelay prediction) {
            prediction.replied(head, nanoTime);
        } else if (call != null) {
            answer(current, call, head);
        } else if (framed && ProviderHead.isFramed(head)) {
            unwrap(current, head, nanoTime);
        } else {
            relay(current, head, nanoTime);
        }
        // Of a client that was slow before, no event tells.
        pause(!current.writable());
    }

    private void relay(Exchange current, ResponseHead head, long nanoTime) {
        boolean stream = ProviderHead.isStream(head, current.outline().stream());
        if (stream) {
            streams();
        }
        prepare(head);
        if (raw.start(head, stream, nanoTime)) {
            head.forgetLength();
        }
        current.reply(head);
    }

    /// The reply is a stream: as long as the provider is not silent, it may take what it takes.
    void streams() {
        Exchange current = current();
        current.streams();
        current.loop().wheel().cancel(total);
    }

    /// The reply to a request that went on as it came, in frames that the client knows nothing of.
    private void unwrap(Exchange current, ResponseHead head, long nanoTime) {
        GatewayError unreadable = ProviderHead.unreadable(head);
        if (unreadable != null) {
            current.fail(unreadable);
            return;
        }
        streams();
        prepare(head);
        head.drop(HeaderName.CONTENT_TYPE);
        head.add(HeaderName.CONTENT_TYPE, ReplyHeaders.EVENT_STREAM);
        head.forgetLength();
        raw.start(head, true, nanoTime);
        relay = new PayloadRelay(raw, current, head, nanoTime);
    }

    /// From a provider's head to the client's.
    private void prepare(ResponseHead head) {
        ProviderHead.makeClients(head);
        ProviderHead.sign(head, chosen(), current().routed());
    }

    /// The reply to a request in another wire format than the client's.
    private void answer(Exchange current, TranslatedCall call, ResponseHead head) {
        GatewayError unreadable = ProviderHead.unreadable(head);
        if (unreadable != null) {
            current.fail(unreadable);
            return;
        }
        TranslatedRelay made = translated(call, head);
        if (made.streamed()) {
            streams();
        }
        relay = made;
    }

    /// A reply that is written anew, with its head.
    TranslatedRelay translated(TranslatedCall call, ResponseHead head) {
        Exchange current = current();
        TranslatedRelay made =
                new TranslatedRelay(current, offload, call.reply(head.status(), ProviderFields.copied(head)));
        ProviderHead.sign(made.begin(head), chosen(), current.routed());
        return made;
    }

    @Override
    public void body(@Owned ByteBuf piece, long nanoTime) {
        long gap = relay.pass(piece, nanoTime);
        Exchange current = exchange;
        if (gap > 0 && current != null) {
            current.chunkRelayed(gap);
        }
    }

    @Override
    public void readComplete() {
        relay.readComplete();
    }

    @Override
    public void ended() {
        Exchange current = current();
        if (relay.finish()) {
            current.replyEnded();
        }
    }

    @Override
    public void failed(GatewayError error, boolean replied) {
        Exchange current = current();
        if (relay instanceof PredictionRelay prediction && prediction.goesOnAfterFailure()) {
            return;
        }
        if (replied) {
            relay.abandon();
        }
        current.fail(error);
    }

    /// Stops or resumes reading the reply, because the client is slow.
    void pause(boolean slow) {
        if (attempt != null) {
            attempt.pause(slow);
        }
    }

    @Override
    public void ended(Exchange over, Outcome outcome) {
        over.loop().wheel().cancel(total);
        Attempt last = attempt;
        if (last != null) {
            over.attempted(last.connections());
            if (outcome == Outcome.ABANDONED && last.connections() > 0) {
                relay.abandon();
            }
            last.cancel();
        }
        relay.release();
        relay = raw;
        framed = false;
        releaseTranslatedBody();
        translated = null;
        attempt = null;
        exchange = null;
        target = null;
    }

    private void releaseTranslatedBody() {
        if (translatedBody != null) {
            translatedBody.release();
            translatedBody = null;
        }
    }

    private Exchange current() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("a reply without an exchange");
        }
        return current;
    }

    private UpstreamTarget chosen() {
        UpstreamTarget chosen = target;
        if (chosen == null) {
            throw new IllegalStateException("a reply without a target");
        }
        return chosen;
    }

    private final class Total extends Deadline {
        @Override
        protected void expired() {
            if (exchange != null) {
                exchange.fail(GatewayError.of(
                        ErrorCode.UPSTREAM_TIMEOUT, "The request took longer than it may in all"));
            }
        }
    }
}
