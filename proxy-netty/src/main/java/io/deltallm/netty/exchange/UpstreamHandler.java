package io.deltallm.netty.exchange;

import io.deltallm.codec.Owned;
import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.netty.loop.Deadline;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.media.MediaFetcher;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.upstream.Attempt;
import io.deltallm.netty.upstream.UpstreamTarget;
import io.deltallm.policy.config.UrlFetchSettings;
import io.deltallm.policy.model.TokenCounter;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.GatewayListener;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Phase 8: picks a target, sends the request there as it is or in another wire format, and is the source of the reply.
/// Waits for the provider, by callbacks on the same loop. Owns the attempt, the body it was written anew in, and the relay.
final class UpstreamHandler extends PhaseHandler implements Ending, Attempt.Listener {
    private static final Duration FETCHING = Duration.ofSeconds(30);
    private static final Duration TRANSLATING = Duration.ofSeconds(30);

    private final Translations translations;
    private final MediaFetcher media;
    private final TokenCounter tokens;
    private final GatewayListener listener;
    private final RawRelay raw;
    private final Deadline total = new Total();

    private ChannelHandlerContext ctx;
    private @Nullable Exchange exchange;
    private @Nullable Attempt attempt;
    private @Nullable UpstreamTarget target;
    private Relay relay;
    /// Null while the request goes on as it came.
    private @Nullable TranslatedCall translated;
    private @Nullable ByteBuf translatedBody;
    private boolean predicts;
    /// A stream that is relayed comes in frames of the provider's.
    private boolean framed;
    private long startedAt;
    private boolean starting;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    UpstreamHandler(
            Offload offload,
            Loop loop,
            Translations translations,
            MediaFetcher media,
            TokenCounter tokens,
            GatewayListener listener) {
        super(offload);
        this.raw = new RawRelay(loop.block());
        this.relay = raw;
        this.translations = translations;
        this.media = media;
        this.tokens = tokens;
        this.listener = listener;
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
        entered.onEnd(this);
        GatewayError unready = chosen.unready();
        if (unready != null) {
            refuse(entered, unready);
            return;
        }
        switch (entered.routed()) {
            case Route.Relay route -> serve(entered, chosen, route);
            case Route.Passthrough route -> pass(entered, chosen, route);
            case Route.Question _, Route.Probe _ -> throw new IllegalStateException("no request to a model");
        }
    }

    private void serve(Exchange entered, UpstreamTarget chosen, Route.Relay route) {
        boolean streamed = entered.outline().stream() || route.path().stream();
        RequestEntry entry = chosen.relayed(route.operation(), streamed);
        if (entry != null) {
            framed = streamed && chosen.framesStreams();
            relay(entered, chosen, route, entry);
        } else if (LocalCount.answers(route.operation())) {
            byte[] body = ByteBufUtil.getBytes(entered.body());
            await(ctx, entered, new LocalCount(tokens, chosen.target(), route, body), count -> tell(entered, count));
        } else {
            translate(entered, chosen, route.operation());
        }
    }

    /// What is asked in a provider's own words goes there as it is.
    private void pass(Exchange entered, UpstreamTarget chosen, Route.Passthrough route) {
        Operation known = route.operation();
        Operation operation = known == null ? Operation.MODERATIONS : known;
        raw.begin(entered, operation, false, usageFormat(operation));
        String path = Passthroughs.path(chosen.target().provider(), route);
        RequestEntry entry = chosen.passed(entered.head().method(), path, !route.provider().isEmpty());
        start(new Attempt(chosen, entry, entered.head(), entered.body(), RequestPatch.none(), this));
    }

    /// The provider takes what the client sends.
    private void relay(Exchange entered, UpstreamTarget chosen, Route.Relay route, RequestEntry entry) {
        Operation operation = route.operation();
        Target picked = chosen.target();
        boolean optionNeeded = picked.provider().streamUsage() == StreamUsage.OPTION;
        RequestPatch patch = RequestPatch.plan(
                operation, entered.outline(), chosen.upstreamModel(), optionNeeded, picked.defaults());
        raw.begin(entered, operation, optionNeeded, usageFormat(operation));
        RequestEntry at = route.queryPasses() ? entry : entry.withoutQuery();
        start(new Attempt(chosen, at, entered.head(), entered.body(), patch, this));
    }

    private @Nullable UpstreamDialect usageFormat(Operation operation) {
        return switch (operation) {
            case MESSAGES, GENERATE_CONTENT, CONVERSE -> translations.upstream(operation);
            default -> null;
        };
    }

    private void translate(Exchange entered, UpstreamTarget chosen, Operation asked) {
        Provider provider = chosen.target().provider();
        Translation translation =
                entered.outline().multipart() ? null : translations.translation(asked, entered.streamsArray(), provider);
        if (translation == null) {
            refuse(entered, GatewayError.of(
                    ErrorCode.OPERATION_NOT_SUPPORTED,
                    "The provider " + provider.name() + " does not offer " + asked.label()));
            return;
        }
        translate(new OutboundTranslation(translation, entered, chosen.target()), Map.of());
    }

    private void translate(OutboundTranslation outbound, Map<String, Media.Inline> fetched) {
        if (outbound.large()) {
            await(ctx, current(), TRANSLATING, () -> outbound.begin(fetched), result -> take(outbound, result));
        } else {
            take(outbound, outbound.begin(fetched));
        }
    }

    private void take(OutboundTranslation outbound, OutboundTranslation.Result result) {
        switch (result) {
            case OutboundTranslation.Result.Written(var call) -> send(outbound, call);
            case OutboundTranslation.Result.Lacking(var urls) -> fetch(outbound, urls);
            case OutboundTranslation.Result.Unwritten(var error) -> refuse(current(), error);
        }
    }

    private void send(OutboundTranslation outbound, TranslatedCall call) {
        tellLosses(outbound);
        translated = call;
        predicts = outbound.to() == Operation.REPLICATE_PREDICTION;
        ByteBuf body = call.body().toBuffer(ctx.alloc());
        translatedBody = body;
        RequestEntry entry = chosen().translated(outbound.to(), call.streamed());
        start(new Attempt(chosen(), entry, current().head(), body, RequestPatch.none(), this));
    }

    private void tellLosses(OutboundTranslation outbound) {
        for (String parameter : outbound.lost()) {
            listener.translationLost(outbound.from(), outbound.to(), parameter);
        }
    }

    /// The provider cannot fetch what the request refers to.
    private void fetch(OutboundTranslation outbound, List<String> urls) {
        Exchange entered = current();
        long began = entered.loop().wheel().now();
        UrlFetchSettings settings = entered.snapshot().config().server().urlFetch();
        await(ctx, entered, FETCHING, () -> media.fetch(urls, settings), found -> {
            entered.waited(entered.loop().wheel().now() - began);
            switch (found) {
                case MediaFetcher.Found(var fetched) -> translate(outbound, fetched);
                case MediaFetcher.Unfetched(GatewayError error) -> refuse(entered, error);
            }
        });
    }

    private void start(Attempt made) {
        Exchange entered = current();
        UpstreamTarget chosen = chosen();
        DeadlineWheel wheel = entered.loop().wheel();
        dropOwnHeaders(chosen, entered);
        wheel.arm(total, chosen.totalNanos());
        launch(made, wheel);
    }

    private void launch(Attempt made, DeadlineWheel wheel) {
        attempt = made;
        startedAt = wheel.now();
        starting = true;
        made.start();
        starting = false;
    }

    private static void dropOwnHeaders(UpstreamTarget chosen, Exchange entered) {
        List<String> names = chosen.ownHeaders();
        for (int i = 0; i < names.size(); i++) {
            entered.head().drop(names.get(i));
        }
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
        TranslatedCall call = translated;
        if (call != null) {
            answer(current, call, head);
            return;
        }
        if (framed && ProviderHead.isFramed(head)) {
            unwrap(current, head, nanoTime);
            return;
        }
        boolean stream = ProviderHead.isStream(head, current.outline().stream());
        if (stream) {
            current.streams();
            current.loop().wheel().cancel(total);
        }
        prepare(head);
        if (raw.start(head, stream, nanoTime)) {
            head.forgetLength();
        }
        // Of a client that was slow before, no event tells.
        pause(!current.writable());
        current.reply(head);
    }

    /// The reply to a request that went on as it came, in frames that the client knows nothing of.
    private void unwrap(Exchange current, ResponseHead head, long nanoTime) {
        GatewayError unreadable = ProviderHead.unreadable(head);
        if (unreadable != null) {
            current.fail(unreadable);
            return;
        }
        current.streams();
        current.loop().wheel().cancel(total);
        prepare(head);
        head.drop(HeaderName.CONTENT_TYPE);
        head.add(HeaderName.CONTENT_TYPE, ReplyHeaders.EVENT_STREAM);
        head.forgetLength();
        raw.start(head, true, nanoTime);
        relay = new PayloadRelay(raw, current, head, nanoTime);
        pause(!current.writable());
    }

    /// The reply to a request in another wire format than the client's.
    private void answer(Exchange current, TranslatedCall call, ResponseHead head) {
        releaseTranslatedBody();
        GatewayError unreadable = ProviderHead.unreadable(head);
        if (unreadable != null) {
            current.fail(unreadable);
            return;
        }
        ReplyTranslation reply = call.reply(head.status(), ProviderFields.copied(head));
        if (reply.streamed()) {
            current.streams();
            // A prediction is asked for again and again: only the whole has a limit.
            if (!predicts) {
                current.loop().wheel().cancel(total);
            }
        }
        TranslatedRelay made = new TranslatedRelay(current, reply);
        ProviderHead.sign(made.begin(head), chosen(), current.routed());
        relay = predicts && head.successful()
                ? new PredictionRelay(made, current, this::askAgain)
                : made;
        pause(!current.writable());
    }

    /// The prediction was still running. What passed since the request was the provider's time.
    private void askAgain(String path) {
        Exchange entered = current();
        DeadlineWheel wheel = entered.loop().wheel();
        entered.waited(wheel.now() - startedAt);
        Attempt made = new Attempt(
                chosen(), chosen().asked(path), entered.head(), Unpooled.EMPTY_BUFFER, RequestPatch.none(), this);
        launch(made, wheel);
    }

    /// From a provider's head to the client's.
    private void prepare(ResponseHead head) {
        ProviderHead.makeClients(head);
        ProviderHead.sign(head, chosen(), current().routed());
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
        if (replied) {
            relay.abandon();
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
