package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.netty.offload.Offload;
import io.deltallm.policy.config.MetricsSettings;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// Phase 2: method and path → [Route]. Health pages, metrics and CORS preflights are answered here. Waits for a page to be
/// written; owns nothing.
final class RouteHandler extends PhaseHandler {
    private static final RouteTable ROUTES = new RouteTable();
    private static final byte[] NO_BODY = {};

    private final Pages pages;

    RouteHandler(Offload offload, Pages pages) {
        super(offload);
        this.pages = pages;
    }

    @Override
    void enter(ChannelHandlerContext ctx, Exchange exchange) {
        RequestHead head = exchange.head();
        Route route = ROUTES.find(head.bytes(), head.pathStart(), head.pathEnd());
        MetricsSettings metrics = exchange.snapshot().config().metrics();
        if (route == null || (route == Route.Probe.METRICS && !metrics.enabled())) {
            refuse(exchange, unknownPath(head));
            return;
        }
        exchange.route(route);
        if (head.methodIs("OPTIONS")) {
            answerPreflight(exchange);
        } else if (!answersTo(route, head)) {
            refuse(exchange, wrongMethod(route, head));
        } else if (route instanceof Route.Probe probe && !(probe == Route.Probe.METRICS && metrics.requireKey())) {
            showPage(ctx, exchange, pages, probe);
        } else {
            proceed(ctx, exchange);
        }
    }

    private static boolean answersTo(Route route, RequestHead head) {
        return route instanceof Route.Passthrough
                || head.methodIs(route.method())
                || (route.method().equals("GET") && head.methodIs("HEAD"));
    }

    private static void answerPreflight(Exchange exchange) {
        exchange.decoration(Cors::preflight);
        exchange.answer(204, ReplyHeaders.JSON, NO_BODY);
    }

    private static GatewayError unknownPath(RequestHead head) {
        return GatewayError.of(ErrorCode.NOT_FOUND, "There is nothing at " + shown(head.path()));
    }

    private static GatewayError wrongMethod(Route route, RequestHead head) {
        return GatewayError.of(
                ErrorCode.METHOD_NOT_ALLOWED,
                "Method " + shown(head.method()) + " is not allowed at " + shown(head.path()) + " (expected: "
                        + route.method() + ")");
    }

    private static @Nullable String shown(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
