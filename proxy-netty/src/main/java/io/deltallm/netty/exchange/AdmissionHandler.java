package io.deltallm.netty.exchange;

import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.http.HeaderName;
import io.deltallm.codec.http.ResponseHead;
import io.deltallm.netty.offload.Offload;
import io.deltallm.policy.identity.ModelAccess;
import io.deltallm.policy.limit.Admission;
import io.deltallm.policy.limit.AdmissionResult;
import io.deltallm.policy.limit.Denied;
import io.deltallm.policy.limit.Reservation;
import io.deltallm.policy.route.ModelGroup;
import io.deltallm.policy.telemetry.GatewayListener;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Phase 5: model name → [ModelGroup]; may the caller use it, and is there room in its limits? Tokens are reserved from the
/// size of the body and trued up from the usage when the exchange ends. A question with a body is a request like others, but
/// for tokens: its answer takes the gateway's own time. Waits for nothing. Owns the reservation.
final class AdmissionHandler extends PhaseHandler implements Ending, Exchange.Decoration {
    /// Characters to a token, as a rule of thumb that needs no tokenizer.
    private static final int BYTES_PER_TOKEN = 4;

    private final Admission admission;
    private final GatewayListener listener;

    private @Nullable AdmissionResult result;

    AdmissionHandler(Offload offload, Admission admission, GatewayListener listener) {
        super(offload);
        this.listener = listener;
        this.admission = admission;
    }

    @Override
    void enter(ChannelHandlerContext ctx, Exchange exchange) {
        switch (exchange.routed()) {
            case Route.Relay _ -> enterWithModel(ctx, exchange, false);
            case Route.Passthrough _ -> enterWithModel(ctx, exchange, true);
            case Route.Question question when question.hasBody() -> admit(ctx, exchange, 0);
            case Route.Question _, Route.Probe _ -> proceed(ctx, exchange);
        }
    }

    private void enterWithModel(ChannelHandlerContext ctx, Exchange exchange, boolean passthrough) {
        ModelGroup group = passthrough ? Passthroughs.group(exchange) : group(exchange);
        if (group == null) {
            refuse(exchange, passthrough ? Passthroughs.unknown(exchange) : unknownModel(exchange));
            return;
        }
        String model = passthrough ? exchange.outline().model() : group.name();
        GatewayError forbidden = forbidden(exchange.authenticated().models(), model);
        if (forbidden != null) {
            refuse(exchange, forbidden);
            return;
        }
        exchange.group(group);
        admit(ctx, exchange, estimatedTokens(exchange));
    }

    private void admit(ChannelHandlerContext ctx, Exchange exchange, long tokens) {
        AdmissionResult decided = admission.admit(exchange.authenticated(), tokens);
        result = decided;
        exchange.onEnd(this);
        exchange.decoration(this);
        switch (decided) {
            case Reservation _ -> proceed(ctx, exchange);
            case Denied denied -> deny(exchange, denied.error());
        }
    }

    /// What is kept at a provider (files, batches, responses) names no model, and may be made by, or run, any: a key with a
    /// list does not reach it.
    private static @Nullable GatewayError forbidden(ModelAccess models, @Nullable String model) {
        if (model == null ? models.unlimited() : models.mayUse(model)) {
            return null;
        }
        String what = model == null
                ? "A request that names no model is not for a key with a list of models"
                : "The model \"" + model + "\" is not in this key's list";
        return GatewayError.of(ErrorCode.MODEL_NOT_ALLOWED, what + " (allowed: " + models.describe() + ")", "model");
    }

    private void deny(Exchange exchange, GatewayError error) {
        listener.rateLimited(error.param() == null ? "unknown" : error.param());
        refuse(exchange, error);
    }

    /// The group that was asked for; the only one there is, where the operation may leave the model out.
    private static @Nullable ModelGroup group(Exchange exchange) {
        String model = exchange.outline().model();
        if (model != null) {
            return exchange.snapshot().group(model);
        }
        List<ModelGroup> groups = exchange.snapshot().groups();
        return groups.size() == 1 ? groups.getFirst() : null;
    }

    private static GatewayError unknownModel(Exchange exchange) {
        String model = exchange.outline().model();
        return model == null
                ? GatewayError.of(ErrorCode.INVALID_REQUEST, "model is required", "model")
                : GatewayError.of(
                        ErrorCode.MODEL_NOT_FOUND, "The model \"" + model + "\" does not exist here", "model");
    }

    private static long estimatedTokens(Exchange exchange) {
        return exchange.outline().multipart() ? 0 : exchange.requestBytes() / BYTES_PER_TOKEN;
    }

    @Override
    public void ended(Exchange exchange, Outcome outcome) {
        if (result instanceof Reservation reservation) {
            Usage usage = exchange.usage();
            if (usage != null) {
                reservation.settle(usage.totalTokens());
            } else {
                reservation.cancel();
            }
        }
        result = null;
    }

    /// Contract X-17: the tightest bucket of requests, and both families where there are tokens to count.
    @Override
    public void decorate(Exchange exchange, ResponseHead head) {
        AdmissionResult decided = result;
        if (decided == null) {
            return;
        }
        boolean tokens = decided.tokenLimit() >= 0;
        if (decided.requestLimit() >= 0) {
            addRequests(head, decided, tokens);
        }
        if (tokens) {
            replace(head, HeaderName.X_RATELIMIT_LIMIT_TOKENS, decided.tokenLimit());
            replace(head, HeaderName.X_RATELIMIT_REMAINING_TOKENS, decided.tokenRemaining());
            replace(head, HeaderName.X_RATELIMIT_RESET_TOKENS, decided.tokenResetEpochSeconds());
        }
    }

    private static void addRequests(ResponseHead head, AdmissionResult decided, boolean family) {
        long limit = decided.requestLimit();
        long remaining = decided.requestRemaining();
        long reset = decided.requestResetEpochSeconds();
        replace(head, HeaderName.X_RATELIMIT_LIMIT, limit);
        replace(head, HeaderName.X_RATELIMIT_REMAINING, remaining);
        replace(head, HeaderName.X_RATELIMIT_RESET, reset);
        if (family) {
            replace(head, HeaderName.X_RATELIMIT_LIMIT_REQUESTS, limit);
            replace(head, HeaderName.X_RATELIMIT_REMAINING_REQUESTS, remaining);
            replace(head, HeaderName.X_RATELIMIT_RESET_REQUESTS, reset);
        }
    }

    private static void replace(ResponseHead head, HeaderName name, long value) {
        head.drop(name);
        head.add(name, value);
    }
}
