package io.deltallm.netty.health;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.netty.telemetry.PerTarget;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.GatewayListener;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How each configured target has been doing, learnt from the exchanges that went there. Thread-safe; an event loop pays a
/// few plain writes an exchange. Remembers configured targets only.
public final class EndpointHealth implements GatewayListener {
    private static final int UNHEALTHY_AFTER = 3;
    /// A failure this old says nothing of today.
    private static final Duration RECENT = Duration.ofMinutes(5);

    private final LongSupplier nanoClock;
    private final PerTarget<History> histories = new PerTarget<>(_ -> new History());
    private final AtomicReference<List<Target>> targets = new AtomicReference<>(List.of());

    /// @param nanoClock the monotonic clock that timelines are read from
    public EndpointHealth(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// Tells which targets are configured from now on; called with each new snapshot, before requests use it.
    public void configured(Collection<Target> configured) {
        histories.configured(configured);
        targets.set(List.copyOf(configured));
    }

    @Override
    public void exchangeEnded(ExchangeFacts facts) {
        Target target = facts.target();
        if (target == null) {
            return;
        }
        switch (verdict(facts)) {
            case SUCCESS -> histories.get(target).succeeded(facts, nanoClock);
            case FAILURE -> histories.get(target).failed(reason(facts), nanoClock.getAsLong());
            case NEITHER -> {}
        }
    }

    private enum Verdict {
        SUCCESS,
        FAILURE,
        /// The client left, or the gateway itself was at fault: no word about the provider.
        NEITHER
    }

    private static Verdict verdict(ExchangeFacts facts) {
        ErrorCode error = facts.error();
        if (error != null) {
            return error.blame() == ErrorCode.Blame.UPSTREAM ? Verdict.FAILURE : Verdict.NEITHER;
        }
        return switch (facts.outcome()) {
            case COMPLETED -> refusesUs(facts.status()) ? Verdict.FAILURE : Verdict.SUCCESS;
            case CUT -> Verdict.FAILURE;
            case REFUSED, ABANDONED -> Verdict.NEITHER;
        };
    }

    /// Relayed statuses that a client cannot have caused: our credential (401, 403), our quota (429), their trouble (5xx).
    private static boolean refusesUs(int status) {
        return status >= 500 || status == 401 || status == 403 || status == 429;
    }

    private static String reason(ExchangeFacts facts) {
        ErrorCode error = facts.error();
        if (error != null) {
            return error.code();
        }
        return facts.outcome() == Outcome.CUT ? ErrorCode.UPSTREAM_CLOSED.code() : "status " + facts.status();
    }

    /// Every configured target, in the order of the configuration.
    List<Endpoint> endpoints() {
        long now = nanoClock.getAsLong();
        List<Endpoint> endpoints = new ArrayList<>();
        for (Target target : targets.get()) {
            History known = histories.peek(target);
            endpoints.add((known == null ? new History() : known).read(target, now));
        }
        return endpoints;
    }

    /// The fields are written one by one: a reader may see a mix of two exchanges, which is good enough for a page.
    private static final class History {
        private static final long NEVER = Long.MIN_VALUE;

        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicLong successAt = new AtomicLong(NEVER);
        private final AtomicLong failureAt = new AtomicLong(NEVER);
        private final AtomicLong latency = new AtomicLong(-1);
        private final AtomicReference<@Nullable String> error = new AtomicReference<>();

        void succeeded(ExchangeFacts facts, LongSupplier nanoClock) {
            var timeline = facts.timeline();
            // The exchange has just read the clock; a second reading would cost more than the rest.
            successAt.setOpaque(timeline.has(Mark.LAST_BYTE) ? timeline.at(Mark.LAST_BYTE) : nanoClock.getAsLong());
            latency.setOpaque(timeline.between(Mark.SENT, Mark.FIRST_BYTE));
            if (failures.getOpaque() != 0) {
                failures.set(0);
            }
        }

        void failed(String reason, long now) {
            failureAt.set(now);
            error.set(reason);
            failures.incrementAndGet();
        }

        Endpoint read(Target target, long now) {
            int row = failures.get();
            long sinceSuccess = since(successAt.get(), now);
            long sinceFailure = since(failureAt.get(), now);
            Endpoint.Status status = status(row, sinceSuccess, sinceFailure);
            return new Endpoint(target, status, row, latency.get(), sinceSuccess, sinceFailure, error.get());
        }

        private static long since(long at, long now) {
            return at == NEVER ? -1 : Math.max(0, now - at);
        }

        private static Endpoint.Status status(int row, long sinceSuccess, long sinceFailure) {
            if (row == 0) {
                return sinceSuccess < 0 ? Endpoint.Status.UNTESTED : Endpoint.Status.HEALTHY;
            }
            if (sinceFailure > RECENT.toNanos()) {
                return Endpoint.Status.UNTESTED;
            }
            return row < UNHEALTHY_AFTER ? Endpoint.Status.DEGRADED : Endpoint.Status.UNHEALTHY;
        }
    }
}
