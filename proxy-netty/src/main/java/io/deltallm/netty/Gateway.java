package io.deltallm.netty;

import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.http.HeadWriter;
import io.deltallm.codec.json.ByteBlock;
import io.deltallm.netty.exchange.Catalogue;
import io.deltallm.netty.exchange.Loop;
import io.deltallm.netty.exchange.Services;
import io.deltallm.netty.exchange.Translations;
import io.deltallm.netty.health.EndpointHealth;
import io.deltallm.netty.health.HealthReport;
import io.deltallm.netty.health.HealthState;
import io.deltallm.netty.health.StoreProbe;
import io.deltallm.netty.ingress.GatewayServer;
import io.deltallm.netty.ingress.LoopThreads;
import io.deltallm.netty.ingress.Transport;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.loop.LoopBuffers;
import io.deltallm.netty.media.MediaFetcher;
import io.deltallm.netty.offload.Offload;
import io.deltallm.netty.telemetry.AccessLog;
import io.deltallm.netty.telemetry.EventLoopLag;
import io.deltallm.netty.telemetry.LineFormat;
import io.deltallm.netty.telemetry.Metrics;
import io.deltallm.netty.telemetry.MetricsPage;
import io.deltallm.netty.upstream.Connector;
import io.deltallm.netty.upstream.LoopPool;
import io.deltallm.netty.upstream.NameResolution;
import io.deltallm.netty.upstream.UpstreamTls;
import io.deltallm.policy.config.GatewayConfig;
import io.deltallm.policy.config.LiveSnapshot;
import io.deltallm.policy.config.LoggingSettings;
import io.deltallm.policy.config.Snapshot;
import io.deltallm.policy.identity.CallerCache;
import io.deltallm.policy.identity.CallerCacheSettings;
import io.deltallm.policy.identity.KeyChangePoller;
import io.deltallm.policy.identity.KeyHasher;
import io.deltallm.policy.limit.Admission;
import io.deltallm.policy.limit.LimitRegistry;
import io.deltallm.policy.model.SpendCalculator;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.spend.PriceBook;
import io.deltallm.policy.store.KeyStore;
import io.deltallm.policy.telemetry.GatewayListener;
import io.deltallm.policy.telemetry.Listeners;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running gateway, wired by hand. Start order is the order of the constructor; [#stop] undoes it in reverse.
/// Thread-safe; its methods block.
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long SHUTDOWN_SECONDS = 5;

    private final HealthState healthState;
    private final StoreProbe storeProbe;
    private final Metrics metrics;
    private final EndpointHealth endpoints;
    private final @Nullable AccessLog accessLog;
    private final LimitRegistry limits;
    private final CallerCache callers;
    private final KeyChangePoller.Polling keyChanges;
    private final Offload offload;
    private final UpstreamTls upstreamTls;
    private final EventLoopGroup group;
    private final NameResolution names;
    private final List<Loop> loops;
    private final EventLoopLag lag;
    private final GatewayServer server;

    /// Binds and serves.
    ///
    /// @param snapshots watched: each new snapshot is served from the next exchange on
    /// @param keys open and migrated; closed by the caller, after the gateway
    /// @param storeAnswers whether the store is alive; may block
    public static Gateway start(LiveSnapshot snapshots, KeyStore keys, BooleanSupplier storeAnswers, String version) {
        return start(snapshots, keys, storeAnswers, version, Translations.of(new Dialects()));
    }

    /// The same with wire formats of the caller's choice.
    public static Gateway start(
            LiveSnapshot snapshots,
            KeyStore keys,
            BooleanSupplier storeAnswers,
            String version,
            Translations translations) {
        return new Gateway(snapshots, keys, storeAnswers, version, translations);
    }

    private Gateway(
            LiveSnapshot snapshots,
            KeyStore keys,
            BooleanSupplier storeAnswers,
            String version,
            Translations translations) {
        GatewayConfig config = snapshots.current().config();
        InstantSource clock = InstantSource.system();

        healthState = new HealthState(true, clock);
        storeProbe = new StoreProbe(storeAnswers, healthState, StoreProbe.PERIOD).start();
        metrics = new Metrics(version);
        metrics.allocator(ByteBufAllocator.DEFAULT);
        endpoints = new EndpointHealth(System::nanoTime);
        accessLog = accessLog(config.logging(), clock);
        GatewayListener listener = listener();

        limits = new LimitRegistry(System::nanoTime);
        callers = new CallerCache(keys, limits, CallerCacheSettings.DEFAULT, System::nanoTime);
        keyChanges = KeyChangePoller.start(keys, callers, KeyChangePoller.INTERVAL);
        offload = new Offload();
        upstreamTls = new UpstreamTls(null);

        Transport transport = Transport.of(config.server().transport());
        int threads = threads(config);
        group = new MultiThreadIoEventLoopGroup(threads, new LoopThreads(), transport.ioHandlers());
        names = new NameResolution(transport.datagramChannel());
        loops = loops(config, transport, listener, threads);
        lag = new EventLoopLag(metrics, System::nanoTime);
        lag.watch(List.<EventExecutor>copyOf(loops.stream().map(Loop::eventLoop).toList()));
        metrics.upstreamConnections(() -> sum(LoopPool::active), () -> sum(LoopPool::idle));

        Services services = new Services(
                snapshots,
                callers,
                new Admission(limits, System::nanoTime, clock),
                offload,
                new ProbePages(
                        new HealthReport(healthState, endpoints, version, clock),
                        new MetricsPage(metrics, clock, () -> snapshots.current().config().metrics().defaultFormat())),
                translations,
                new MediaFetcher(),
                Catalogue.of(new SpendCalculator(PriceBook.load(), Clock.systemUTC())),
                listener);
        adopt(snapshots.current());
        snapshots.onReplace(this::adopt);
        server = GatewayServer.bind(config.server(), transport, group, loops, services);
        LOG.info("serving on {} with {} event loops over {}", address(), threads, transport);
    }

    private @Nullable AccessLog accessLog(LoggingSettings logging, InstantSource clock) {
        if (!logging.access()) {
            return null;
        }
        LineFormat format = logging.format() == LoggingSettings.Format.JSON ? LineFormat.JSON : LineFormat.TEXT;
        return new AccessLog(format, clock, metrics::accessLogDropped).start();
    }

    private GatewayListener listener() {
        List<GatewayListener> all = new ArrayList<>(List.of(metrics, endpoints));
        if (accessLog != null) {
            all.add(accessLog);
        }
        return new Listeners(all);
    }

    private static int threads(GatewayConfig config) {
        int asked = config.server().eventLoopThreads();
        return asked > 0 ? asked : NettyRuntime.availableProcessors();
    }

    private List<Loop> loops(GatewayConfig config, Transport transport, GatewayListener listener, int threads) {
        List<Loop> made = new ArrayList<>();
        String salt = config.keys().salt().reveal();
        SplittableRandom seeds = new SplittableRandom();
        for (EventExecutor executor : group) {
            EventLoop eventLoop = (EventLoop) executor;
            DeadlineWheel wheel = new DeadlineWheel(eventLoop);
            HeadWriter heads = new HeadWriter();
            LoopBuffers buffers = new LoopBuffers(eventLoop, ByteBufAllocator.DEFAULT);
            Connector connector = new Connector(eventLoop, buffers, transport.channel(), names.resolvers(), upstreamTls);
            LoopPool pool = new LoopPool(wheel, heads, connector, listener, threads);
            made.add(new Loop(
                    eventLoop, wheel, buffers, new ByteBlock(), heads, pool, new KeyHasher(salt), seeds.split()));
        }
        return List.copyOf(made);
    }

    /// Puts a snapshot's numbers where they are kept outside of it.
    private void adopt(Snapshot snapshot) {
        List<Target> targets = snapshot.groups().stream()
                .flatMap(group -> group.targets().stream())
                .distinct()
                .toList();
        limits.configure(snapshot.proxyLimits());
        callers.invalidateAll();
        metrics.configured(targets);
        metrics.configApplied(snapshot.loadedAt());
        endpoints.configured(targets);
        if (targets.stream().anyMatch(Gateway::overTls)) {
            upstreamTls.prepare();
        }
        loops.forEach(loop -> loop.eventLoop().execute(loop.upstream()::forgetTargets));
    }

    private static boolean overTls(Target target) {
        return "https".equals(target.provider().baseUri().getScheme());
    }

    private long sum(java.util.function.ToIntFunction<LoopPool> number) {
        long sum = 0;
        for (Loop loop : loops) {
            var asked = loop.eventLoop().submit(() -> number.applyAsInt(loop.upstream()));
            sum += asked.awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS) && asked.isSuccess() ? asked.getNow() : 0;
        }
        return sum;
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /// What is counted; for whoever reports on reloads.
    public Metrics metrics() {
        return metrics;
    }

    /// Drops what is remembered of keys, after a change that was made in this process.
    public CallerCache callers() {
        return callers;
    }

    /// Stops accepting, lets running exchanges finish for as long as `drain`, then closes what is left.
    public void stop(Duration drain) {
        healthState.drain();
        try {
            if (!server.drain(drain.toNanos())) {
                LOG.warn("exchanges were still running after {}; they are cut", drain);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
        lag.close();
        loops.forEach(Gateway::closeUpstream);
        names.close(Duration.ofSeconds(SHUTDOWN_SECONDS));
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        offload.close();
        keyChanges.close();
        storeProbe.close();
        if (accessLog != null) {
            accessLog.close();
        }
    }

    private static void closeUpstream(Loop loop) {
        loop.eventLoop()
                .submit(loop.upstream()::closeAll)
                .syncUninterruptibly()
                .getNow()
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    /// Stops without waiting for running exchanges.
    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
