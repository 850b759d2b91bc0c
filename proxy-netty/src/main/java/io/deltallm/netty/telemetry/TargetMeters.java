package io.deltallm.netty.telemetry;

import io.deltallm.codec.chat.Usage;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The meters of one model at one provider, looked up by their labels once. Thread-safe.
final class TargetMeters {
    private final Metrics metrics;
    private final String model;
    private final String provider;
    private final AtomicReferenceArray<@Nullable RouteMeters> routes = new AtomicReferenceArray<>(Routes.count());
    private final AtomicReferenceArray<Counter.@Nullable Child> tokens = new AtomicReferenceArray<>(Kind.values().length);
    private final AtomicReferenceArray<Histogram.@Nullable Child> gap = new AtomicReferenceArray<>(1);

    private enum Kind {
        PROMPT("prompt"),
        COMPLETION("completion"),
        CACHED("cached"),
        REASONING("reasoning");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    TargetMeters(Metrics metrics, String model, String provider) {
        this.metrics = metrics;
        this.model = model;
        this.provider = provider;
    }

    void exchangeEnded(ExchangeFacts facts) {
        route(Routes.indexOf(facts.route())).exchangeEnded(facts);
        Usage usage = facts.usage();
        if (usage != null) {
            count(Kind.PROMPT, usage.promptTokens());
            count(Kind.COMPLETION, usage.completionTokens());
            count(Kind.CACHED, usage.cachedTokens());
            count(Kind.REASONING, usage.reasoningTokens());
        }
    }

    void chunkRelayed(long gapNanos) {
        Histogram.Child child = gap.getAcquire(0);
        if (child == null) {
            child = metrics.chunkGap.labels(model, provider);
            gap.setRelease(0, child);
        }
        child.observe(gapNanos / 1e9);
    }

    // A child is asked for only when it has something to count, so that a page lists what was used, not what could be.
    // Two threads that ask at once get the same child.

    private RouteMeters route(int index) {
        RouteMeters found = routes.getAcquire(index);
        if (found == null) {
            RouteMeters made = new RouteMeters(metrics, Routes.label(index), model, provider);
            found = routes.compareAndSet(index, null, made) ? made : route(index);
        }
        return found;
    }

    private void count(Kind kind, long number) {
        if (number <= 0) {
            return;
        }
        Counter.Child child = tokens.getAcquire(kind.ordinal());
        if (child == null) {
            child = metrics.tokens.labels(model, provider, kind.label);
            tokens.setRelease(kind.ordinal(), child);
        }
        child.inc((double) number);
    }
}
