package io.deltallm.netty.exchange;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.http.RequestHead;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.offload.Patience;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.Caller;
import io.deltallm.policy.model.Answer;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Answers questions about models with what the caller may use, and metrics where they need a key; everything else
/// proceeds. Stands behind the limits, which hold for questions with a body. Waits for the answer, which is made elsewhere; owns
/// nothing.
final class CatalogueHandler extends PhaseHandler {
    private static final Patience ANSWER = Patience.usual(ErrorCode.OVERLOADED, "the question was not answered");

    private final Catalogue catalogue;
    private final Pages pages;

    CatalogueHandler(Offload offload, Catalogue catalogue, Pages pages) {
        super(offload);
        this.catalogue = catalogue;
        this.pages = pages;
    }

    @Override
    void enter(ChannelHandlerContext ctx, Exchange exchange) {
        switch (exchange.routed()) {
            // Read from memory: not worth a hop to another thread.
            case Route.Question.MODELS -> tell(exchange, models(exchange));
            case Route.Question.MODEL -> tell(exchange, model(exchange));
            case Route.Question route -> await(ctx, exchange, ANSWER, answer(exchange, route), answer -> tell(exchange, answer));
            case Route.Probe probe -> showPage(ctx, exchange, pages, probe);
            case Route.Relay _, Route.Passthrough _ -> proceed(ctx, exchange);
        }
    }

    private Answer models(Exchange exchange) {
        return new Answer.Given(catalogue.models().list(exchange.snapshot(), exchange.authenticated()));
    }

    private Answer model(Exchange exchange) {
        return catalogue.models().one(exchange.snapshot(), exchange.authenticated(), modelIn(exchange.head()));
    }

    /// What is asked is taken from the exchange at once; only the answer is made elsewhere.
    private Callable<Answer> answer(Exchange exchange, Route.Question route) {
        Snapshot snapshot = exchange.snapshot();
        Caller caller = exchange.authenticated();
        RequestHead head = exchange.head();
        return switch (route) {
            case MODELS, MODEL -> throw new IllegalStateException("answered from memory");
            case MODEL_INFO -> {
                String id = parameter(head, "litellm_model_id=");
                yield () -> catalogue.info().targets(snapshot, caller, id);
            }
            case MODEL_GROUP_INFO -> {
                String name = parameter(head, "model_group=");
                yield () -> catalogue.info().groups(snapshot, caller, name);
            }
            case TOKEN_COUNTER -> {
                byte[] body = ByteBufUtil.getBytes(exchange.body());
                yield () -> catalogue.tokens().count(snapshot, caller, body);
            }
            case SPEND_CALCULATE -> {
                byte[] body = ByteBufUtil.getBytes(exchange.body());
                yield () -> catalogue.spend().calculate(snapshot, caller, body);
            }
        };
    }

    /// The rest of the path: ids may hold slashes, plain or percent-encoded.
    private static String modelIn(RequestHead head) {
        int start = RouteTable.modelId(head.bytes(), head.pathStart(), head.pathEnd());
        String id = new String(head.bytes(), start, head.pathEnd() - start, StandardCharsets.ISO_8859_1);
        return decoded(id.replace("+", "%2B"));
    }

    /// Null where the query does not have it.
    private static @Nullable String parameter(RequestHead head, String nameAndSign) {
        String query = head.query();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith(nameAndSign)) {
                return decoded(parameter.substring(nameAndSign.length()));
            }
        }
        return null;
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }
}
