package io.deltallm.netty.upstream;

import io.deltallm.codec.http.HeadWriter;
import io.deltallm.netty.loop.DeadlineWheel;
import io.deltallm.netty.upstream.OriginPool.PoolLimits;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.GatewayListener;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything one event loop needs to reach providers. Confined to that loop.
public final class LoopPool {
    private static final int MAX_ORIGINS = 4096;

    private final DeadlineWheel wheel;
    private final HeadWriter headWriter;
    private final Connector connector;
    private final GatewayListener listener;
    private final int loops;
    private final Map<Origin, OriginPool> pools = new HashMap<>();
    private IdentityHashMap<Target, UpstreamTarget> targets = new IdentityHashMap<>();
    private boolean closing;

    /// @param loops how many event loops share the configured numbers of connections
    public LoopPool(
            DeadlineWheel wheel, HeadWriter headWriter, Connector connector, GatewayListener listener, int loops) {
        this.wheel = wheel;
        this.headWriter = headWriter;
        this.connector = connector;
        this.listener = listener;
        this.loops = loops;
    }

    /// The target with its bytes and its connections made ready.
    public UpstreamTarget target(Target target) {
        UpstreamTarget ready = targets.get(target);
        if (ready == null) {
            ready = new UpstreamTarget(target, pool(target, Origin.of(target.provider().baseUri())));
            targets.put(target, ready);
        }
        return ready;
    }

    /// The targets of the snapshot before are no longer asked for; exchanges under way keep their own reference.
    public void forgetTargets() {
        targets = new IdentityHashMap<>();
    }

    /// Connections lent out or being opened.
    public int active() {
        return pools.values().stream().mapToInt(OriginPool::active).sum();
    }

    /// Connections kept open unused.
    public int idle() {
        return pools.values().stream().mapToInt(OriginPool::idle).sum();
    }

    /// Closes idle connections now, the others behind their reply.
    public void close() {
        closing = true;
        pools.values().forEach(OriginPool::closeIdle);
    }

    /// Closes those others too. Done when all are closed, which some transports take their time for.
    public Future<Void> closeAll() {
        close();
        return connector.close();
    }

    /// Where an address that a provider's reply names is, for a request of the target's that carries no credential; null if
    /// that would be one origin too many: replies must not make this grow without end.
    public @Nullable Destination destination(Target target, URI address) {
        Origin origin = Origin.of(address);
        return pools.containsKey(origin) || pools.size() < MAX_ORIGINS
                ? new Destination(target, pool(target, origin), RequestCredential.none(address))
                : null;
    }

    private OriginPool pool(Target target, Origin origin) {
        PoolLimits limits = share(target);
        OriginPool pool = pools.computeIfAbsent(origin, key -> new OriginPool(this, key, limits));
        pool.limits(limits);
        return pool;
    }

    private PoolLimits share(Target target) {
        Target.PoolSettings settings = target.pool();
        return new PoolLimits(
                Math.ceilDiv(settings.maxConnections(), loops),
                Math.ceilDiv(settings.maxIdle(), loops),
                settings.idleExpiry().toNanos(),
                target.clocks().connect().toNanos(),
                settings.acquireTimeout().toNanos());
    }

    DeadlineWheel wheel() {
        return wheel;
    }

    HeadWriter headWriter() {
        return headWriter;
    }

    Connector connector() {
        return connector;
    }

    GatewayListener listener() {
        return listener;
    }

    boolean closing() {
        return closing;
    }
}
