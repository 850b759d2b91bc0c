package io.deltallm.netty.exchange;

import io.deltallm.codec.dialect.ModelList;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.netty.offload.Offload;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.route.ModelGroup;
import io.netty.channel.ChannelHandlerContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers `GET /v1/models` and `GET /v1/models/{id}` with what the caller may use, and metrics where they need a key;
/// everything else proceeds. Stands right behind authentication, since these requests have no body and cost nothing. Waits
/// for a page to be written; owns nothing.
final class ModelsHandler extends PhaseHandler {
    private final Pages pages;

    ModelsHandler(Offload offload, Pages pages) {
        super(offload);
        this.pages = pages;
    }

    @Override
    void enter(ChannelHandlerContext ctx, Exchange exchange) {
        switch (exchange.routed()) {
            case Route.Models route -> answer(exchange, route);
            case Route.Probe probe -> showPage(ctx, exchange, pages, probe);
            case Route.Relay _, Route.Passthrough _ -> proceed(ctx, exchange);
        }
    }

    private static void answer(Exchange exchange, Route.Models route) {
        switch (route) {
            case LIST -> exchange.answer(200, ReplyHeaders.JSON, list(exchange));
            case ONE -> answerOne(exchange, askedFor(exchange.head()));
        }
    }

    private static byte[] list(Exchange exchange) {
        Caller caller = exchange.authenticated();
        List<String> names = exchange.snapshot().groups().stream()
                .map(ModelGroup::name)
                .filter(name -> caller.models().mayUse(name))
                .toList();
        return ModelList.list(names, created(exchange.snapshot()));
    }

    private static void answerOne(Exchange exchange, String name) {
        ModelGroup group = exchange.snapshot().group(name);
        if (group == null || !exchange.authenticated().models().mayUse(name)) {
            refuse(exchange, GatewayError.of(
                    ErrorCode.MODEL_NOT_FOUND, "The model \"" + name + "\" does not exist here", "model"));
        } else {
            exchange.answer(200, ReplyHeaders.JSON, ModelList.one(name, created(exchange.snapshot())));
        }
    }

    private static long created(Snapshot snapshot) {
        return snapshot.loadedAt().getEpochSecond();
    }

    /// The rest of the path: ids may hold slashes, plain or percent-encoded.
    private static String askedFor(RequestHead head) {
        int start = RouteTable.modelId(head.bytes(), head.pathStart(), head.pathEnd());
        String id = new String(head.bytes(), start, head.pathEnd() - start, StandardCharsets.ISO_8859_1);
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
