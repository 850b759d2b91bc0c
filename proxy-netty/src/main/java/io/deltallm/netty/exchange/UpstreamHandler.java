package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.RequestPatch;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestEntry;
import io.deltallm.codec.provider.Provider;
import io.deltallm.codec.provider.Provider.StreamUsage;
import io.deltallm.netty.media.MediaFetcher;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.offload.Patience;
import io.deltallm.netty.upstream.UpstreamTarget;
import io.deltallm.policy.config.UrlFetchSettings;
import io.deltallm.policy.model.TokenCounter;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.GatewayListener;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Phase 8: picks a target and makes of the request what goes there: as it is or in another wire format. What comes of it is
/// the [ReplySource]'s.
final class UpstreamHandler extends PhaseHandler {
    private static final Patience FETCHING = new Patience(Duration.ofSeconds(30), ErrorCode.INVALID_REQUEST,
            "the media that the request refers to did not arrive");
    private static final Patience TRANSLATING = new Patience(Duration.ofSeconds(30), ErrorCode.OVERLOADED,
            "the request was not translated");

    private final Translations translations;
    private final MediaFetcher media;
    private final TokenCounter tokens;
    private final GatewayListener listener;
    private final ReplySource source;

    private ChannelHandlerContext ctx;

    @SuppressWarnings("NullAway.Init") // ctx is set when the handler is added
    UpstreamHandler(
            Offload offload,
            Loop loop,
            Translations translations,
            MediaFetcher media,
            TokenCounter tokens,
            GatewayListener listener) {
        super(offload);
        this.source = new ReplySource(loop, offload);
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
        entered.target(picked);
        source.begin(entered, chosen);
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
        RequestEntry entry = chosen.entries().relayed(route.operation(), streamed);
        if (entry != null) {
            relay(entered, chosen, route, entry, streamed && chosen.entries().framesStreams());
        } else if (LocalCount.answers(route.operation())) {
            byte[] body = ByteBufUtil.getBytes(entered.body());
            LocalCount counting = new LocalCount(tokens, chosen.target(), route, body);
            await(ctx, entered, LocalCount.PATIENCE, counting, count -> tell(entered, count));
        } else {
            translate(entered, chosen, route.operation());
        }
    }

    /// What is asked in a provider's own words goes there as it is.
    private void pass(Exchange entered, UpstreamTarget chosen, Route.Passthrough route) {
        Operation known = route.operation();
        Operation operation = known == null ? Operation.MODERATIONS : known;
        source.raw().begin(entered, operation, false, usageFormat(operation));
        String path = Passthroughs.path(chosen.target().provider(), route);
        boolean atOrigin = !route.provider().isEmpty();
        source.send(chosen.entries().passed(entered.head().method(), path, atOrigin), RequestPatch.none(), false);
    }

    /// The provider takes what the client sends.
    private void relay(Exchange entered, UpstreamTarget chosen, Route.Relay route, RequestEntry entry, boolean frames) {
        Operation operation = route.operation();
        Target picked = chosen.target();
        boolean optionNeeded = picked.provider().streamUsage() == StreamUsage.OPTION;
        RequestPatch patch = RequestPatch.plan(
                operation, entered.outline(), chosen.upstreamModel(), optionNeeded, picked.defaults());
        source.raw().begin(entered, operation, optionNeeded, usageFormat(operation));
        source.send(route.queryPasses() ? entry : entry.withoutQuery(), patch, frames);
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
        translate(entered, new OutboundTranslation(translation, entered, chosen.target()), Map.of());
    }

    private void translate(Exchange entered, OutboundTranslation outbound, Map<String, Media.Inline> fetched) {
        if (outbound.large()) {
            await(ctx, entered, TRANSLATING, () -> outbound.begin(fetched), result -> take(entered, outbound, result));
        } else {
            take(entered, outbound, outbound.begin(fetched));
        }
    }

    private void take(Exchange entered, OutboundTranslation outbound, OutboundTranslation.Result result) {
        switch (result) {
            case OutboundTranslation.Result.Written(var call) -> send(outbound, call);
            case OutboundTranslation.Result.Lacking(var urls) -> fetch(entered, outbound, urls);
            case OutboundTranslation.Result.Unwritten(var error) -> refuse(entered, error);
        }
    }

    private void send(OutboundTranslation outbound, TranslatedCall call) {
        tellLosses(outbound);
        source.send(outbound.to(), call);
    }

    private void tellLosses(OutboundTranslation outbound) {
        for (String parameter : outbound.lost()) {
            listener.translationLost(outbound.from(), outbound.to(), parameter);
        }
    }

    /// The provider cannot fetch what the request refers to.
    private void fetch(Exchange entered, OutboundTranslation outbound, List<String> urls) {
        long began = entered.loop().wheel().now();
        UrlFetchSettings settings = entered.snapshot().config().server().urlFetch();
        await(ctx, entered, FETCHING, () -> media.fetch(urls, settings), found -> {
            entered.waited(entered.loop().wheel().now() - began);
            switch (found) {
                case MediaFetcher.Found(var fetched) -> translate(entered, outbound, fetched);
                case MediaFetcher.Unfetched(GatewayError error) -> refuse(entered, error);
            }
        });
    }

    /// The client is slow, or no longer.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        source.pause(!context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }
}
