package io.deltallm.netty.health;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.deltallm.netty.telemetry.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The answers of the health routes. Thread-safe, never blocks: everything is known beforehand.
///
/// `/health` is 503 only when the process cannot do its work (its database is down); a failing provider or a stop under way
/// make it degraded. Readiness is the strict one: whoever balances load should look there.
public final class HealthReport {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Page ALIVE = plain(200, "alive");
    private static final Page READY = plain(200, "ready");
    private static final Page NOT_READY = plain(503, "not ready");
    private static final Page LIVE = json(200, json -> json.writeStringField("status", "ok"));

    private final HealthState state;
    private final EndpointHealth endpoints;
    private final String version;
    private final InstantSource clock;
    private final Instant started;

    /// The uptime counts from here.
    public HealthReport(HealthState state, EndpointHealth endpoints, String version, InstantSource clock) {
        this.state = state;
        this.endpoints = endpoints;
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
    }

    /// `/health/liveliness` and `/health/liveness`.
    public Page liveness() {
        return LIVE;
    }

    /// `/live`.
    public Page live() {
        return ALIVE;
    }

    /// `/ready`.
    public Page ready() {
        return state.current().ready() ? READY : NOT_READY;
    }

    /// `/health/readiness`.
    public Page readiness() {
        HealthState.Current now = state.current();
        return json(now.ready() ? 200 : 503, json -> writeReadiness(json, now));
    }

    /// `/health`.
    public Page health() {
        HealthState.Current now = state.current();
        List<Endpoint> all = endpoints.endpoints();
        Overall overall = Overall.of(now, all);
        return json(overall == Overall.UNHEALTHY ? 503 : 200, json -> {
            json.writeStringField("status", overall.label);
            json.writeNumberField("health_score", score(now, all));
            json.writeNumberField("timestamp", clock.instant().getEpochSecond());
            json.writeStringField("version", version);
            json.writeStringField("uptime", uptime(Duration.between(started, clock.instant())));
            json.writeStringField("liveliness", "ok");
            json.writeObjectFieldStart("readiness");
            writeReadiness(json, now);
            json.writeEndObject();
            writeProviders(json, all);
            writeEndpoints(json, "healthy", all.stream().filter(each -> !unhealthy(each)).toList());
            writeEndpoints(json, "unhealthy", all.stream().filter(HealthReport::unhealthy).toList());
        });
    }

    private enum Overall {
        HEALTHY("healthy"),
        DEGRADED("degraded"),
        UNHEALTHY("unhealthy");

        private final String label;

        Overall(String label) {
            this.label = label;
        }

        static Overall of(HealthState.Current now, List<Endpoint> all) {
            if (now.database() == HealthState.Database.DOWN) {
                return UNHEALTHY;
            }
            return now.ready() && all.stream().noneMatch(HealthReport::unhealthy) ? HEALTHY : DEGRADED;
        }
    }

    private static boolean unhealthy(Endpoint endpoint) {
        return endpoint.status() == Endpoint.Status.UNHEALTHY;
    }

    /// 100 when all is well; a database that is down costs 60, the failing share of the endpoints up to 40.
    private static long score(HealthState.Current now, List<Endpoint> all) {
        double failing = all.stream().filter(HealthReport::unhealthy).count();
        double database = now.database() == HealthState.Database.DOWN ? 60 : 0;
        return Math.round(100 - database - (all.isEmpty() ? 0 : 40 * failing / all.size()));
    }

    /// `2h 15m 30s`, hours running on past a day.
    static String uptime(Duration up) {
        return up.toHours() + "h " + up.toMinutesPart() + "m " + up.toSecondsPart() + "s";
    }

    private static void writeReadiness(JsonGenerator json, HealthState.Current now) throws IOException {
        json.writeStringField("status", now.ready() ? "ready" : "not_ready");
        json.writeBooleanField("draining", now.draining());
        json.writeObjectFieldStart("checks");
        json.writeStringField("database", now.database().label());
        json.writeEndObject();
    }

    /// Each provider counts as what its worst endpoint is.
    private static void writeProviders(JsonGenerator json, List<Endpoint> all) throws IOException {
        Map<String, Endpoint.Status> worst = new TreeMap<>();
        for (Endpoint each : all) {
            worst.merge(each.target().provider().name(), each.status(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
        json.writeObjectFieldStart("providers");
        json.writeNumberField("total", worst.size());
        for (Endpoint.Status status : Endpoint.Status.values()) {
            json.writeNumberField(status.label(), worst.values().stream().filter(status::equals).count());
        }
        json.writeEndObject();
    }

    private static void writeEndpoints(JsonGenerator json, String kind, List<Endpoint> endpoints) throws IOException {
        json.writeArrayFieldStart(kind + "_endpoints");
        for (Endpoint endpoint : endpoints) {
            write(json, endpoint);
        }
        json.writeEndArray();
        json.writeNumberField(kind + "_count", endpoints.size());
    }

    /// Without times or errors nobody has seen: a field that has no value is left out.
    private static void write(JsonGenerator json, Endpoint endpoint) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", endpoint.target().group());
        json.writeStringField("provider", endpoint.target().provider().name());
        json.writeStringField("status", endpoint.status().label());
        if (endpoint.latencyNanos() >= 0) {
            json.writeNumberField("latency_ms", endpoint.latencyNanos() / 1_000_000);
        }
        json.writeNumberField("consecutive_failures", endpoint.consecutiveFailures());
        writeAge(json, "last_success_seconds_ago", endpoint.sinceSuccessNanos());
        writeAge(json, "last_error_seconds_ago", endpoint.sinceFailureNanos());
        if (endpoint.lastError() != null) {
            json.writeStringField("last_error", endpoint.lastError());
        }
        json.writeEndObject();
    }

    private static void writeAge(JsonGenerator json, String name, long nanos) throws IOException {
        if (nanos >= 0) {
            json.writeNumberField(name, nanos / 1_000_000_000);
        }
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static Page json(int status, Fields fields) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Page(status, "application/json", bytes.toByteArray());
    }

    private static Page plain(int status, String text) {
        return new Page(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
