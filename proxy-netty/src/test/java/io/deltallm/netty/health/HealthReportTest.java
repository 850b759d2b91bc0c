package io.deltallm.netty.health;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.netty.telemetry.EndedExchange;
import io.deltallm.netty.telemetry.Page;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthReportTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1709251200));
    private final InstantSource clock = now::get;
    /// Two seconds after the exchanges of these tests ended.
    private final AtomicLong nanos = new AtomicLong(3_020_000_000L);
    private final HealthState state = new HealthState(true, clock);
    private final EndpointHealth endpoints = new EndpointHealth(nanos::get);
    private final HealthReport report = new HealthReport(state, endpoints, "1.2.3", clock);
    private final Target openai = EndedExchange.target("fast", "openai");
    private final Target groq = EndedExchange.target("slow", "groq");

    @Test
    void isHealthyWithADatabaseAndEndpointsThatAnswer() {
        state.databaseProbed(true);
        endpoints.configured(List.of(openai, groq));
        endpoints.exchangeEnded(EndedExchange.at(openai));
        now.set(now.get().plus(Duration.ofSeconds(2 * 3600 + 15 * 60 + 30)));

        Page health = report.health();

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.contentType()).isEqualTo("application/json");
        assertThat(text(health)).isEqualTo("{\"status\":\"healthy\",\"health_score\":100,\"timestamp\":1709259330,"
                + "\"version\":\"1.2.3\",\"uptime\":\"2h 15m 30s\",\"liveliness\":\"ok\","
                + "\"readiness\":{\"status\":\"ready\",\"draining\":false,\"checks\":{\"database\":\"up\"}},"
                + "\"providers\":{\"total\":2,\"untested\":1,\"healthy\":1,\"degraded\":0,\"unhealthy\":0},"
                + "\"healthy_endpoints\":[{\"model\":\"fast\",\"provider\":\"openai\",\"status\":\"healthy\","
                + "\"latency_ms\":8,\"consecutive_failures\":0,\"last_success_seconds_ago\":2},"
                + "{\"model\":\"slow\",\"provider\":\"groq\",\"status\":\"untested\",\"consecutive_failures\":0}],"
                + "\"healthy_count\":2,\"unhealthy_endpoints\":[],\"unhealthy_count\":0}");
    }

    @Test
    void isDegradedWhenAnEndpointFailsThreeTimesInARow() {
        state.databaseProbed(true);
        endpoints.configured(List.of(openai, groq));
        endpoints.exchangeEnded(EndedExchange.at(openai));
        endpoints.exchangeEnded(EndedExchange.at(openai).withStatus(503));
        endpoints.exchangeEnded(
                EndedExchange.at(openai).failedWith(ErrorCode.UPSTREAM_UNREACHABLE, Outcome.REFUSED));
        assertThat(text(report.health())).contains("\"status\":\"healthy\",\"health_score\":100", "\"degraded\":1");

        endpoints.exchangeEnded(EndedExchange.at(openai).failedWith(null, Outcome.CUT));

        assertThat(report.health().status()).isEqualTo(200);
        assertThat(text(report.health()))
                .contains("\"status\":\"degraded\",\"health_score\":80", "\"healthy_count\":1")
                .contains("\"unhealthy_endpoints\":[{\"model\":\"fast\",\"provider\":\"openai\",\"status\":\"unhealthy\","
                        + "\"latency_ms\":8,\"consecutive_failures\":3,\"last_success_seconds_ago\":2,"
                        + "\"last_error_seconds_ago\":0,\"last_error\":\"upstream_closed\"}],\"unhealthy_count\":1");
    }

    @Test
    void isHealthyAgainAfterOneSuccess() {
        state.databaseProbed(true);
        endpoints.configured(List.of(openai));
        failThreeTimes(openai);

        endpoints.exchangeEnded(EndedExchange.at(openai).withStatus(404));

        assertThat(text(report.health())).startsWith("{\"status\":\"healthy\"");
    }

    @Test
    void forgetsFailuresThatAreOld() {
        state.databaseProbed(true);
        endpoints.configured(List.of(openai));
        failThreeTimes(openai);

        nanos.addAndGet(Duration.ofMinutes(6).toNanos());

        assertThat(text(report.health())).startsWith("{\"status\":\"healthy\"").contains("\"status\":\"untested\"");
    }

    @Test
    void forgetsEndpointsThatAreNoLongerConfigured() {
        state.databaseProbed(true);
        endpoints.configured(List.of(openai));
        failThreeTimes(openai);

        endpoints.configured(List.of(groq));

        assertThat(text(report.health())).contains("\"healthy_count\":1", "\"unhealthy_count\":0");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 529})
    void countsAStatusNoClientCanCauseAsAFailure(int status) {
        endpoints.configured(List.of(openai));

        endpoints.exchangeEnded(EndedExchange.at(openai).withStatus(status));

        assertThat(text(report.health())).contains("\"last_error\":\"status " + status + "\"");
    }

    @ParameterizedTest
    @EnumSource(value = ErrorCode.class, names = {"OVERLOADED", "UPSTREAM_POOL_FULL", "REQUEST_TIMEOUT"})
    void blamesNoEndpointForWhatItDidNotDo(ErrorCode code) {
        endpoints.configured(List.of(openai));

        endpoints.exchangeEnded(EndedExchange.at(openai).failedWith(code, Outcome.REFUSED));
        endpoints.exchangeEnded(EndedExchange.at(openai).failedWith(null, Outcome.ABANDONED));
        endpoints.exchangeEnded(EndedExchange.refused(code, "fast"));

        assertThat(text(report.health())).contains("\"status\":\"untested\",\"consecutive_failures\":0}");
    }

    @Test
    void isUnhealthyAndNotReadyWhileTheDatabaseIsDown() {
        state.databaseProbed(false);

        assertThat(report.health().status()).isEqualTo(503);
        assertThat(text(report.health())).startsWith("{\"status\":\"unhealthy\",\"health_score\":40");
        assertReadiness(503, "{\"status\":\"not_ready\",\"draining\":false,\"checks\":{\"database\":\"down\"}}", "not ready");
    }

    @Test
    void isReadyOnlyOnceTheDatabaseHasAnswered() {
        assertReadiness(
                503, "{\"status\":\"not_ready\",\"draining\":false,\"checks\":{\"database\":\"unknown\"}}", "not ready");

        state.databaseProbed(true);

        assertReadiness(200, "{\"status\":\"ready\",\"draining\":false,\"checks\":{\"database\":\"up\"}}", "ready");
    }

    @Test
    void isNotReadyButAliveWhileDraining() {
        state.databaseProbed(true);
        state.drain();
        state.databaseProbed(true);

        assertReadiness(503, "{\"status\":\"not_ready\",\"draining\":true,\"checks\":{\"database\":\"up\"}}", "not ready");
        assertThat(report.health().status()).isEqualTo(200);
        assertThat(text(report.health())).startsWith("{\"status\":\"degraded\"");
        assertThat(text(report.liveness())).isEqualTo("{\"status\":\"ok\"}");
        assertThat(report.live().contentType()).startsWith("text/plain");
        assertThat(text(report.live())).isEqualTo("alive");
    }

    @Test
    void needsNoDatabaseWhereNoneIsConfigured() {
        HealthState bare = new HealthState(false, clock);

        assertThat(bare.current().ready()).isTrue();
        assertThat(text(new HealthReport(bare, endpoints, "1.2.3", clock).readiness()))
                .contains("\"database\":\"not_configured\"");
    }

    private void assertReadiness(int status, String json, String plain) {
        assertThat(report.readiness().status()).isEqualTo(status);
        assertThat(text(report.readiness())).isEqualTo(json);
        assertThat(report.ready().status()).isEqualTo(status);
        assertThat(text(report.ready())).isEqualTo(plain);
    }

    private void failThreeTimes(Target target) {
        for (int i = 0; i < 3; i++) {
            endpoints.exchangeEnded(EndedExchange.at(target).withStatus(500));
        }
    }

    private static String text(Page page) {
        return new String(page.body(), StandardCharsets.UTF_8);
    }
}
