package io.deltallm.netty.exchange;

import io.deltallm.netty.loop.Flow;
import io.netty.channel.ChannelPipeline;

/// The map of the product: one request, handler by handler. Requests go down this list; replies go from the phase that
/// has one straight up to the first, by the [Exchange], past those that have nothing to say to them. The same for HTTP/1.1 connections and HTTP/2 streams.
///
/// | # | Handler | down | refuses with |
/// |---|---|---|---|
/// | 1 | [ExchangeHandler] | opens the exchange; on the way up commits, renders errors, ends it | 400, 414, 431, 505 |
/// | 2 | [RouteHandler] | method and path → route; answers probes and preflights | 404, 405 |
/// | 3 | [AuthenticationHandler] | key → caller | 401, 403 |
/// | 4 | [RequestBodyHandler] | collects and scans the body | 400, 413 |
/// | 5 | [AdmissionHandler] | model → group; allowed? room in the limits? | 403, 404, 429 |
/// | – | [CatalogueHandler] | answers questions about models, and metrics where they need a key | 400, 404 |
/// | 8 | [UpstreamHandler] | picks a target, sends, relays or translates the reply | 400, 501, 502, 503, 504 |
///
/// Why this order: nothing of a body is kept for strangers (3 before 4), and cheap local refusals come before anything that
/// costs (5 before 8).
public final class ExchangePipeline {
    private ExchangePipeline() {}

    /// @param clientFlow decides whether the connection or stream is read
    public static void install(ChannelPipeline pipeline, Loop loop, Services services, Flow clientFlow) {
        pipeline.addLast(new ExchangeHandler(loop, services, clientFlow))
                .addLast(new RouteHandler(services.offload(), services.pages()))
                .addLast(new AuthenticationHandler(services.offload(), services.callers()))
                .addLast(new RequestBodyHandler(services.offload(), loop.block()))
                .addLast(new AdmissionHandler(services.offload(), services.admission(), services.listener()))
                .addLast(new CatalogueHandler(services.offload(), services.catalogue(), services.pages()))
                .addLast(new UpstreamHandler(
                        services.offload(),
                        loop,
                        services.translations(),
                        services.media(),
                        services.catalogue().tokens(),
                        services.listener()));
    }
}
