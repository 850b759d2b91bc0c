package io.deltallm.netty.telemetry;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Renders `/metrics`. Takes milliseconds and reads files of the operating system: call through Offload. Thread-safe.
public final class MetricsPage {
    private final Metrics metrics;
    private final MetricsSummary summary;

    public MetricsPage(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.summary = new MetricsSummary(metrics, clock);
    }

    /// Prometheus text, OpenMetrics where `Accept` asks for it, or the JSON summary where the path (`/metrics/json`), the
    /// query (`format=json`) or `Accept` asks for that. `/metrics/prometheus` is text whatever else is asked.
    public Page render(String path, @Nullable String query, @Nullable String accept) {
        if (!path.endsWith("/prometheus") && (path.endsWith("/json") || wantsJson(query, accept))) {
            return new Page(200, "application/json", summary.render());
        }
        return text(accept);
    }

    private static boolean wantsJson(@Nullable String query, @Nullable String accept) {
        return (query != null && List.of(query.split("&")).contains("format=json"))
                || (accept != null && accept.toLowerCase(Locale.ROOT).contains("application/json"));
    }

    private Page text(@Nullable String accept) {
        String type = TextFormat.chooseContentType(accept);
        var bytes = new ByteArrayOutputStream(16 << 10);
        try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            TextFormat.writeFormat(type, writer, Collections.enumeration(families()));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Page(200, type, bytes.toByteArray());
    }

    /// By name, so that two scrapes can be compared.
    private List<MetricFamilySamples> families() {
        List<MetricFamilySamples> families = new ArrayList<>();
        for (MetricFamilySamples family : Collections.list(metrics.registry().metricFamilySamples())) {
            families.add(withoutCreated(family));
        }
        families.sort(Comparator.comparing(family -> family.name));
        return families;
    }

    /// The `_created` series would be a fifth of the page, and nothing reads them.
    private static MetricFamilySamples withoutCreated(MetricFamilySamples family) {
        MetricFamilySamples filtered = family.filter(name -> !name.endsWith("_created"));
        return filtered == null ? family : filtered;
    }
}
