package io.deltallm.netty.telemetry;

import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.GatewayListener;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Every meter of the gateway: the table of names, help texts, labels and buckets, and the listener that feeds them.
/// Thread-safe; event loops call it for each exchange and chunk, so it allocates nothing there.
///
/// Labels are bounded by configuration: `model` is a model group's name or `unknown`, `provider` a configured one or `none`,
/// `route` one of [Routes], `parameter` one of [LostParameters]. Keys, users and whatever else a client makes up
/// are never labels.
public final class Metrics implements GatewayListener {
    private static final double[] OVERHEAD_SECONDS = {
        5e-6, 1e-5, 2e-5, 3e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 5e-2, 0.25, 1
    };
    private static final double[] DURATION_SECONDS = {
        1e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
    };
    private static final double[] FIRST_BYTE_SECONDS = {
        1e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60
    };
    private static final double[] GAP_SECONDS = {1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 0.5, 1, 2.5, 10, 60};
    private static final double[] WAIT_SECONDS = {1e-4, 1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1, 5, 30};

    private final CollectorRegistry registry = new CollectorRegistry();

    final Counter requests = counter(
            "requests_total",
            "Exchanges ended, by the status sent to the client.",
            "route", "model", "provider", "status");
    final Histogram duration = histogram(
            "request_duration_seconds",
            "From the request's head to the reply's last byte.",
            DURATION_SECONDS, "route", "model", "provider");
    final Histogram overhead =
            histogram("overhead_seconds", "Time an exchange spent in the gateway itself.", OVERHEAD_SECONDS, "route");
    final Histogram firstByte = histogram(
            "time_to_first_byte_seconds",
            "From the request's head to the reply's head.",
            FIRST_BYTE_SECONDS, "route", "model", "provider");
    final Histogram chunkGap = histogram(
            "inter_chunk_gap_seconds",
            "Between two pieces of a streamed reply.",
            GAP_SECONDS, "model", "provider");
    final Histogram upstreamFirstByte = histogram(
            "upstream_first_byte_seconds",
            "From sending to the provider to the head of its reply.",
            FIRST_BYTE_SECONDS, "model", "provider");
    final Counter upstreamAttempts = counter(
            "upstream_attempts_total",
            "Connections tried for exchanges, retries included.",
            "model", "provider");
    final Counter tokens = counter(
            "tokens_total",
            "Tokens used, as the provider counted them or else estimated.",
            "model", "provider", "kind");

    private final Gauge inFlight = gauge("exchanges_in_flight", "Exchanges begun and not yet ended.");
    private final Counter errors = counter(
            "errors_total",
            "Exchanges the gateway refused or failed, and whose doing it was.",
            "code", "blame");
    private final Counter disconnects =
            counter("client_disconnects_total", "Exchanges whose client went away first.");
    private final Counter rateLimited =
            counter("rate_limited_total", "Requests refused by a limit, by its scope.", "scope");
    private final Counter translationLosses = counter(
            "translation_losses_total",
            "Parameters left out of requests because the provider's format cannot carry them.",
            "from", "to", "parameter");

    private final Gauge connections = gauge("connections", "Client connections open.");
    private final Counter connectionsAccepted = counter("connections_accepted_total", "Client connections accepted.");
    private final Counter connectionsRefused =
            counter("connections_refused_total", "Client connections turned away at the cap.");
    private final Gauge upstreamConnections =
            gauge("upstream_connections", "Connections to providers, in use or kept open.", "state");
    private final Histogram upstreamConnects = histogram(
            "upstream_connect_seconds",
            "Setting up a connection to a provider, TLS included.",
            WAIT_SECONDS, "provider");
    private final Counter upstreamConnectFailures =
            counter("upstream_connect_failures_total", "Connections to providers that failed to open.", "provider");
    private final Histogram upstreamPoolWaits = histogram(
            "upstream_pool_wait_seconds",
            "Waits for a connection while all were in use.",
            WAIT_SECONDS, "provider");

    private final Counter accessLogDropped =
            counter("access_log_dropped_total", "Access log lines lost because the log fell behind.");
    private final Counter configReloads =
            counter("config_reloads_total", "Attempts to load a changed configuration.", "result");
    private final Gauge configLoaded =
            gauge("config_last_reload_success_timestamp_seconds", "When the configuration in use was loaded.");
    private final Histogram eventLoopLag = histogram(
            "event_loop_lag_seconds",
            "How late an event loop ran a task that was due, sampled.",
            OVERHEAD_SECONDS, "loop");
    private final Gauge bufferMemory = gauge("buffer_memory_bytes", "Memory held by the buffer allocator.", "kind");
    private final Gauge build = gauge("build_info", "Always 1; the labels say what runs.", "version", "java");

    private final PerTarget<TargetMeters> routed =
            new PerTarget<>(target -> new TargetMeters(this, target.group(), target.provider().name()));
    private final UnroutedMeters unrouted = new UnroutedMeters(this);
    private final Counter.Child[] errorsByCode = new Counter.Child[ErrorCode.values().length];

    /// @param version of the gateway, for `build_info`
    public Metrics(String version) {
        for (ErrorCode code : ErrorCode.values()) {
            String blame = code.blame().name().toLowerCase(Locale.ROOT);
            errorsByCode[code.ordinal()] = errors.labels(code.code(), blame);
        }
        configReloads.labels("applied");
        configReloads.labels("rejected");
        build.labels(version, Runtime.version().toString()).set(1);
        new JvmMetrics().register(registry);
    }

    /// Tells which targets are configured from now on; called with each new snapshot, before requests use it.
    public void configured(Collection<Target> targets) {
        routed.configured(targets);
        unrouted.configured(targets);
    }

    @Override
    public void exchangeStarted() {
        inFlight.inc();
    }

    @Override
    public void exchangeEnded(ExchangeFacts facts) {
        inFlight.dec();
        Target target = facts.target();
        if (target != null) {
            routed.get(target).exchangeEnded(facts);
        } else {
            unrouted.get(facts.requestedModel()).exchangeEnded(facts);
        }
        ErrorCode error = facts.error();
        if (error != null) {
            errorsByCode[error.ordinal()].inc();
        }
        if (facts.outcome() == Outcome.ABANDONED) {
            disconnects.inc();
        }
    }

    @Override
    public void chunkRelayed(Target target, long gapNanos) {
        routed.get(target).chunkRelayed(gapNanos);
    }

    @Override
    public void rateLimited(String scope) {
        rateLimited.labels(scope).inc();
    }

    @Override
    public void translationLost(Operation from, Operation to, String parameter) {
        translationLosses.labels(from.label(), to.label(), LostParameters.label(parameter)).inc();
    }

    @Override
    public void connectionOpened() {
        connectionsAccepted.inc();
        connections.inc();
    }

    @Override
    public void connectionClosed() {
        connections.dec();
    }

    @Override
    public void connectionRefused() {
        connectionsRefused.inc();
    }

    @Override
    public void upstreamConnected(Target target, long nanos) {
        upstreamConnects.labels(target.provider().name()).observe(nanos / 1e9);
    }

    @Override
    public void upstreamConnectFailed(Target target) {
        upstreamConnectFailures.labels(target.provider().name()).inc();
    }

    @Override
    public void upstreamPoolWaited(Target target, long nanos) {
        upstreamPoolWaits.labels(target.provider().name()).observe(nanos / 1e9);
    }

    /// An access log line was lost.
    public void accessLogDropped() {
        accessLogDropped.inc();
    }

    /// A configuration came into use, the first one included.
    public void configApplied(Instant loadedAt) {
        configReloads.labels("applied").inc();
        configLoaded.set(loadedAt.toEpochMilli() / 1e3);
    }

    /// A changed configuration was not taken because it is wrong.
    public void configRejected() {
        configReloads.labels("rejected").inc();
    }

    /// Where to read, at each scrape, how many upstream connections there are. The suppliers must be thread-safe.
    public void upstreamConnections(LongSupplier active, LongSupplier idle) {
        upstreamConnections.setChild(new ReadGauge(active), "active");
        upstreamConnections.setChild(new ReadGauge(idle), "idle");
    }

    /// Which allocator's memory to report, if it keeps count.
    public void allocator(ByteBufAllocator allocator) {
        if (allocator instanceof ByteBufAllocatorMetricProvider counting) {
            bufferMemory.setChild(new ReadGauge(counting.metric()::usedDirectMemory), "direct");
            bufferMemory.setChild(new ReadGauge(counting.metric()::usedHeapMemory), "heap");
        }
    }

    Histogram.Child eventLoopLag(int loop) {
        return eventLoopLag.labels(Integer.toString(loop));
    }

    CollectorRegistry registry() {
        return registry;
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.build("deltallm_" + name, help).labelNames(labels).withoutExemplars().register(registry);
    }

    private Gauge gauge(String name, String help, String... labels) {
        return Gauge.build("deltallm_" + name, help).labelNames(labels).register(registry);
    }

    private Histogram histogram(String name, String help, double[] seconds, String... labels) {
        var unregistered = Histogram.build("deltallm_" + name, help).buckets(seconds).labelNames(labels);
        return unregistered.withoutExemplars().register(registry);
    }

    /// A gauge read where the truth is, at the time of the scrape.
    private static final class ReadGauge extends Gauge.Child {
        private final LongSupplier source;

        ReadGauge(LongSupplier source) {
            this.source = source;
        }

        @Override
        public double get() {
            return source.getAsLong();
        }
    }
}
