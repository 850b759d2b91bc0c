package io.deltallm.netty;

import io.deltallm.netty.exchange.Pages;
import io.deltallm.netty.exchange.Route;
import io.deltallm.netty.health.HealthReport;
import io.deltallm.netty.telemetry.MetricsPage;
import io.deltallm.netty.telemetry.Page;
import org.jspecify.annotations.Nullable;

/// Health reports and metrics for the routes that show them.
final class ProbePages implements Pages {
    private final HealthReport health;
    private final MetricsPage metrics;

    ProbePages(HealthReport health, MetricsPage metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public Page page(Route.Probe probe, String path, @Nullable String query, @Nullable String accept) {
        return switch (probe) {
            case HEALTH -> health.health();
            case LIVENESS -> health.liveness();
            case READINESS -> health.readiness();
            case LIVE -> health.live();
            case READY -> health.ready();
            case METRICS -> metrics.render(path, query, accept);
        };
    }
}
