package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.MessageEnd;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.upstream.Attempt;
import io.deltallm.netty.upstream.UpstreamTarget;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Phase 8: picks a target, sends the request there, and is the source of the reply. Waits for the provider, by callbacks
/// on the same loop. Owns the attempt and its relay.
final class UpstreamHandler extends PhaseHandler implements Ending, Attempt.Listener {
    private final Relay relay = new Relay();
    private final Deadline total = new Total();

    private ChannelHandlerContext ctx;
    private @Nullable Exchange exchange;
    private @Nullable Attempt attempt;
    private @Nullable UpstreamTarget target;
    private long startedAt;
    private boolean starting;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    UpstreamHandler(Offload offload) {
        super(offload);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
    }

    @Override
    void enter(ChannelHandlerContext context, Exchange entered) {
        Loop loop = entered.loop();
        Target picked = entered.group().pick(loop.random());
        UpstreamTarget chosen = loop.upstream().target(picked);
        exchange = entered;
        target = chosen;
        entered.target(picked);
        dropOwnHeaders(chosen, entered);
        Attempt started = attempt(entered, chosen);
        attempt = started;
        entered.onEnd(this);
        startedAt = loop.wheel().now();
        loop.wheel().arm(total, chosen.totalNanos());
        starting = true;
        started.start();
        starting = false;
    }

    private static void dropOwnHeaders(UpstreamTarget chosen, Exchange entered) {
        List<String> names = chosen.ownHeaders();
        for (int i = 0; i < names.size(); i++) {
            entered.head().drop(names.get(i));
        }
    }

    private Attempt attempt(Exchange entered, UpstreamTarget chosen) {
        Operation operation = ((Route.Relay) entered.routed()).operation();
        Target picked = chosen.target();
        boolean optionNeeded = picked.provider().streamUsage() == StreamUsage.OPTION;
        RequestPatch patch = RequestPatch.plan(
                operation, entered.outline(), chosen.upstreamModel(), optionNeeded, picked.defaults());
        relay.begin(operation, entered.outline(), optionNeeded);
        return new Attempt(chosen, operation, entered.head(), entered.body(), patch, this);
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
        boolean stream = isStream(head, current);
        if (stream) {
            current.streams();
            current.loop().wheel().cancel(total);
        }
        prepare(head);
        if (relay.start(head, stream, nanoTime)) {
            head.forgetLength();
        }
        // Of a client that was slow before, no event tells.
        pause(!ctx.channel().isWritable());
        ctx.write(head, ctx.voidPromise());
    }

    /// Some servers forget to say what they send: then what was asked for counts.
    private static boolean isStream(ResponseHead head, Exchange current) {
        return head.has(HeaderName.CONTENT_TYPE)
                ? head.valueStartsWith(HeaderName.CONTENT_TYPE, "text/event-stream")
                : current.outline().stream();
    }

    /// From a provider's head to the client's.
    private void prepare(ResponseHead head) {
        UpstreamTarget from = chosen();
        head.dropProviderOnly();
        int id = head.find(HeaderName.X_REQUEST_ID);
        if (id >= 0) {
            head.addCopy(ReplyHeaders.PROVIDER_REQUEST_ID, id);
        }
        head.add(ReplyHeaders.PROVIDER, from.providerName());
        head.add(ReplyHeaders.MODEL, from.upstreamModelHeader());
    }

    @Override
    public void body(@Owned ByteBuf piece, long nanoTime) {
        long gap = relay.pass(piece, nanoTime, ctx);
        if (gap > 0) {
            current().chunkRelayed(gap);
        }
    }

    @Override
    public void readComplete() {
        ctx.flush();
    }

    @Override
    public void ended() {
        Exchange current = current();
        relay.finish(current, ctx);
        ctx.write(MessageEnd.END, ctx.voidPromise());
        ctx.flush();
    }

    @Override
    public void failed(GatewayError error, boolean replied) {
        Exchange current = current();
        if (replied) {
            relay.abandon(current);
        }
        current.fail(error);
    }

    /// The client is slow, or no longer.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pause(!context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    private void pause(boolean slow) {
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
                relay.abandon(over);
            }
            last.cancel();
        }
        relay.release();
        attempt = null;
        exchange = null;
        target = null;
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
