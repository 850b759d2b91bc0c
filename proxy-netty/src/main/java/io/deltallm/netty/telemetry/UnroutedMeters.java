package io.deltallm.netty.telemetry;

import io.deltallm.policy.route.Target;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Meters of exchanges that never left for a provider. The model asked for is a label only where it is configured, so a
/// client cannot make series by making up names. Thread-safe.
final class UnroutedMeters {
    static final String NO_PROVIDER = "none";

    private final Metrics metrics;
    private final TargetMeters unknown;
    private final ConcurrentHashMap<String, TargetMeters> byModel = new ConcurrentHashMap<>();
    private final AtomicReference<Set<String>> models = new AtomicReference<>(Set.of());

    UnroutedMeters(Metrics metrics) {
        this.metrics = metrics;
        this.unknown = new TargetMeters(metrics, "unknown", NO_PROVIDER);
    }

    void configured(Collection<Target> targets) {
        Set<String> names = targets.stream().map(Target::group).collect(Collectors.toUnmodifiableSet());
        models.set(names);
        byModel.keySet().retainAll(names);
    }

    TargetMeters get(@Nullable String model) {
        if (model == null || !models.getAcquire().contains(model)) {
            return unknown;
        }
        TargetMeters known = byModel.get(model);
        return known != null ? known : byModel.computeIfAbsent(model, name -> new TargetMeters(metrics, name, NO_PROVIDER));
    }
}
