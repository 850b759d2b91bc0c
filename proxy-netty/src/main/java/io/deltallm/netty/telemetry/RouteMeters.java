package io.deltallm.netty.telemetry;

import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.Mark;
import io.deltallm.policy.telemetry.Timeline;
import io.prometheus.client.Counter;
import io.prometheus.client.Histogram;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The meters of one route, model and provider, looked up by their labels once. Thread-safe.
final class RouteMeters {
    private final Metrics metrics;
    private final String[] labels;
    private final Histogram.Child duration;
    private final Histogram.Child overhead;
    private final AtomicReference<@Nullable Upstream> upstream = new AtomicReference<>();
    private final AtomicReference<@Nullable Status> statuses = new AtomicReference<>();

    /// What only an exchange that reached a provider feeds.
    private record Upstream(Histogram.Child firstByte, Histogram.Child upstreamFirstByte, Counter.Child attempts) {}

    /// The statuses seen so far, as a list: in practice one to five, the usual one found first or nearly so.
    private record Status(int code, Counter.Child requests, @Nullable Status next) {}

    RouteMeters(Metrics metrics, String route, String model, String provider) {
        this.metrics = metrics;
        this.labels = new String[] {route, model, provider};
        this.duration = metrics.duration.labels(labels);
        this.overhead = metrics.overhead.labels(route);
    }

    void exchangeEnded(ExchangeFacts facts) {
        requests(facts.status()).inc();
        overhead.observe(facts.overheadNanos() / 1e9);
        Timeline timeline = facts.timeline();
        observe(duration, timeline.between(Mark.RECEIVED, Mark.LAST_BYTE));
        if (facts.attempts() > 0) {
            Upstream meters = upstream();
            meters.attempts.inc(facts.attempts());
            observe(meters.firstByte, timeline.between(Mark.RECEIVED, Mark.FIRST_BYTE));
            observe(meters.upstreamFirstByte, timeline.between(Mark.SENT, Mark.FIRST_BYTE));
        }
    }

    /// Negative where a mark was not reached.
    private static void observe(Histogram.Child histogram, long nanos) {
        if (nanos >= 0) {
            histogram.observe(nanos / 1e9);
        }
    }

    private Counter.Child requests(int status) {
        Status first = statuses.getAcquire();
        for (Status each = first; each != null; each = each.next) {
            if (each.code == status) {
                return each.requests;
            }
        }
        Counter.Child child = metrics.requests.labels(labels[0], labels[1], labels[2], label(status));
        // Lost races are made good by the next exchange; the child is the same either way.
        statuses.compareAndSet(first, new Status(status, child, first));
        return child;
    }

    /// A provider may invent statuses; the label does not follow it.
    private static String label(int status) {
        if (status == 0) {
            return "none";
        }
        return status >= 100 && status <= 599 ? Integer.toString(status) : "other";
    }

    private Upstream upstream() {
        Upstream found = upstream.getAcquire();
        if (found == null) {
            found = new Upstream(
                    metrics.firstByte.labels(labels),
                    metrics.upstreamFirstByte.labels(labels[1], labels[2]),
                    metrics.upstreamAttempts.labels(labels[1], labels[2]));
            upstream.setRelease(found);
        }
        return found;
    }
}
