package io.deltallm.netty.telemetry;

import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.config.MetricsSettings.Format;
import io.deltallm.policy.route.Target;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsPageTest {
    private static final String LINE = "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",)+})? "
            + "(NaN|[+-]Inf|-?[0-9.]+(E-?[0-9]+)?)";

    private final Metrics metrics = new Metrics("1.2.3");
    private Format defaultFormat = Format.PROMETHEUS;
    private final MetricsPage page = new MetricsPage(
            metrics, Clock.fixed(Instant.ofEpochSecond(1709251200), ZoneOffset.UTC), () -> defaultFormat);

    @BeforeEach
    void feed() {
        Target openai = EndedExchange.target("fast", "openai");
        Target groq = EndedExchange.target("slow", "groq");
        metrics.configured(List.of(openai, groq));
        metrics.exchangeEnded(EndedExchange.at(openai));
        metrics.exchangeEnded(EndedExchange.at(openai).withStatus(500));
        metrics.exchangeEnded(EndedExchange.at(groq));
        metrics.exchangeEnded(EndedExchange.refused(ErrorCode.UNAUTHORIZED, null));
    }

    @Test
    void isPrometheusTextThatParses() {
        Page text = page.render("/metrics", null, "*/*");

        assertThat(text.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(body(text)).endsWith("\n");
        assertThat(body(text).lines().filter(line -> !line.startsWith("# "))).allMatch(line -> line.matches(LINE));
        assertThat(body(text)).doesNotContain("_created").contains("jvm_threads_current", "process_cpu_seconds_total");
    }

    @Test
    void isOpenMetricsWhereAskedFor() {
        Page text = page.render("/metrics", null, "application/openmetrics-text; version=1.0.0,text/plain;q=0.5");

        assertThat(text.contentType()).startsWith("application/openmetrics-text");
        assertThat(body(text)).endsWith("# EOF\n");
    }

    @Test
    void isTheSameTwice() {
        String first = body(page.render("/metrics", null, null));
        String second = body(page.render("/metrics", null, null));

        assertThat(gateway(second)).isEqualTo(gateway(first));
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics,,",
        "/metrics,a=b,*/*",
        "/metrics,,text/html",
    })
    void isWhatTheConfigurationSaysWhereNobodyAsks(String path, String query, String accept) {
        assertThat(page.render(path, query, accept).contentType()).startsWith("text/plain");
        defaultFormat = Format.JSON;
        assertThat(page.render(path, query, accept).contentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics/prometheus,,",
        "/metrics,format=prometheus,",
        "/metrics,,'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1'",
        "/metrics,,text/plain",
    })
    void isTextForScrapersWhateverTheConfigurationSays(String path, String query, String accept) {
        defaultFormat = Format.JSON;

        assertThat(page.render(path, query, accept).contentType()).doesNotContain("json");
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics/json,,",
        "/metrics,format=json,",
        "/metrics,a=b&format=json,text/plain",
        "/metrics,,Application/JSON",
    })
    void isJsonWhereAskedFor(String path, String query, String accept) {
        Page json = page.render(path, query, accept);

        assertThat(json.contentType()).isEqualTo("application/json");
        assertThat(body(json)).isEqualTo("{\"timestamp\":1709251200,\"providers\":{"
                + "\"groq\":{\"total_requests\":1,\"successful_requests\":1,\"failed_requests\":0,"
                + "\"success_rate\":1.0,\"avg_response_time\":0.02,\"total_tokens\":18},"
                + "\"openai\":{\"total_requests\":2,\"successful_requests\":1,\"failed_requests\":1,"
                + "\"success_rate\":0.5,\"avg_response_time\":0.02,\"total_tokens\":36}},"
                + "\"summary\":{\"total_providers\":2,\"total_requests\":3,\"average_success_rate\":0.75}}");
    }

    @ParameterizedTest
    @CsvSource({"/metrics/prometheus,format=json,application/json", "/metrics,format=jsonp,text/html"})
    void isTextOtherwise(String path, String query, String accept) {
        assertThat(page.render(path, query, accept).contentType()).startsWith("text/plain");
    }

    private static List<String> gateway(String body) {
        return body.lines().filter(line -> line.startsWith("deltallm_")).toList();
    }

    private static String body(Page page) {
        return new String(page.body(), StandardCharsets.UTF_8);
    }
}
