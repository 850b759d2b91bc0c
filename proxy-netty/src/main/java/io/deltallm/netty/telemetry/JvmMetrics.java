package io.deltallm.netty.telemetry;

import io.prometheus.client.Collector;
import io.prometheus.client.hotspot.BufferPoolsExports;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import io.prometheus.client.hotspot.ThreadExports;
import io.prometheus.client.hotspot.VersionInfoExports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The JVM's own numbers. The management classes behind them are loaded at the first scrape: they would cost a start some
/// fifty milliseconds and several megabytes.
final class JvmMetrics extends Collector {
    private final AtomicReference<@Nullable List<Collector>> parts = new AtomicReference<>();

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> families = new ArrayList<>();
        for (Collector part : parts()) {
            families.addAll(part.collect());
        }
        return families;
    }

    private List<Collector> parts() {
        List<Collector> loaded = parts.get();
        if (loaded == null) {
            loaded = List.of(
                    new StandardExports(),
                    new MemoryPoolsExports(),
                    new BufferPoolsExports(),
                    new GarbageCollectorExports(),
                    new ThreadExports(),
                    new VersionInfoExports());
            parts.set(loaded);
        }
        return loaded;
    }
}
