package io.deltallm.netty.telemetry;

import io.deltallm.policy.config.MetricsSettings.Format;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Renders `/metrics`. Takes milliseconds and reads files of the operating system: call through Offload. Thread-safe.
public final class MetricsPage {
    private final Metrics metrics;
    private final MetricsSummary summary;
    private final Supplier<Format> defaultFormat;

    /// @param defaultFormat asked at each page, since the configuration may change
    public MetricsPage(Metrics metrics, InstantSource clock, Supplier<Format> defaultFormat) {
        this.metrics = metrics;
        this.defaultFormat = defaultFormat;
        this.summary = new MetricsSummary(metrics, clock);
    }

    /// Prometheus text, OpenMetrics where `Accept` asks for it, or the JSON summary: as the path (`/metrics/json`,
    /// `/metrics/prometheus`) says, else the query (`format=json`, `format=prometheus`), else `Accept`, else the
    /// configuration.
    public Page render(String path, @Nullable String query, @Nullable String accept) {
        return switch (format(path, query == null ? "" : query, accept == null ? "" : accept)) {
            case JSON -> new Page(200, "application/json", summary.render());
            case PROMETHEUS -> text(accept);
        };
    }

    private Format format(String path, String query, String accept) {
        if (path.endsWith("/prometheus")) {
            return Format.PROMETHEUS;
        }
        List<String> parameters = List.of(query.split("&"));
        if (path.endsWith("/json") || parameters.contains("format=json")) {
            return Format.JSON;
        }
        return parameters.contains("format=prometheus") ? Format.PROMETHEUS : accepted(accept.toLowerCase(Locale.ROOT));
    }

    private Format accepted(String types) {
        if (types.contains("application/json")) {
            return Format.JSON;
        }
        // A scraper names its types; browsers and scripts take anything.
        boolean scraper = types.contains("text/plain") || types.contains("openmetrics");
        return scraper ? Format.PROMETHEUS : defaultFormat.get();
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
