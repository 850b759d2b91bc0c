package io.deltallm.netty.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The JSON view of the meters: totals by provider. Thread-safe.
final class MetricsSummary {
    private static final JsonFactory JSON = new JsonFactory();
    /// Each token counts once: cached ones are part of the prompt, reasoning is part of the completion.
    private static final Set<String> WHOLE_KINDS = Set.of("prompt", "completion");

    private final Metrics metrics;
    private final InstantSource clock;

    MetricsSummary(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    private static final class Totals {
        private long requests;
        private long successes;
        private double seconds;
        private long timed;
        private long tokens;

        double successRate() {
            return requests == 0 ? 0 : (double) successes / requests;
        }
    }

    byte[] render() {
        Map<String, Totals> providers = totals();
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("timestamp", clock.instant().getEpochSecond());
            json.writeObjectFieldStart("providers");
            for (var entry : providers.entrySet()) {
                write(json, entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            writeSummary(json, providers);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private Map<String, Totals> totals() {
        Map<String, Totals> providers = new TreeMap<>();
        samples(metrics.requests, "_total", sample -> {
            Totals totals = of(providers, sample);
            totals.requests += (long) sample.value;
            totals.successes += succeeded(label(sample, "status")) ? (long) sample.value : 0;
        });
        samples(metrics.duration, "_sum", sample -> of(providers, sample).seconds += sample.value);
        samples(metrics.duration, "_count", sample -> of(providers, sample).timed += (long) sample.value);
        samples(metrics.tokens, "_total", sample -> {
            if (WHOLE_KINDS.contains(label(sample, "kind"))) {
                of(providers, sample).tokens += (long) sample.value;
            }
        });
        providers.remove(UnroutedMeters.NO_PROVIDER);
        return providers;
    }

    private static void samples(Collector meter, String suffix, Consumer<Sample> taker) {
        meter.collect().getFirst().samples.stream()
                .filter(sample -> sample.name.endsWith(suffix))
                .forEach(taker);
    }

    private static Totals of(Map<String, Totals> providers, Sample sample) {
        return providers.computeIfAbsent(label(sample, "provider"), _ -> new Totals());
    }

    private static String label(Sample sample, String name) {
        return sample.labelValues.get(sample.labelNames.indexOf(name));
    }

    private static boolean succeeded(String status) {
        return status.startsWith("2") || status.startsWith("3");
    }

    private static void write(JsonGenerator json, String name, Totals totals) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("total_requests", totals.requests);
        json.writeNumberField("successful_requests", totals.successes);
        json.writeNumberField("failed_requests", totals.requests - totals.successes);
        json.writeNumberField("success_rate", totals.successRate());
        json.writeNumberField("avg_response_time", totals.timed == 0 ? 0 : totals.seconds / totals.timed);
        json.writeNumberField("total_tokens", totals.tokens);
        json.writeEndObject();
    }

    private static void writeSummary(JsonGenerator json, Map<String, Totals> providers) throws IOException {
        json.writeObjectFieldStart("summary");
        json.writeNumberField("total_providers", providers.size());
        json.writeNumberField("total_requests", providers.values().stream().mapToLong(each -> each.requests).sum());
        json.writeNumberField(
                "average_success_rate", providers.values().stream().mapToDouble(Totals::successRate).average().orElse(0));
        json.writeEndObject();
    }
}
