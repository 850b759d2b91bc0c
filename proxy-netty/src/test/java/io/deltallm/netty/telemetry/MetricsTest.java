package io.deltallm.netty.telemetry;

import com.sun.management.ThreadMXBean;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.config.MetricsSettings;
import io.deltallm.policy.route.Target;
import io.deltallm.policy.telemetry.Outcome;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsTest {
    private final Metrics metrics = new Metrics("1.2.3");
    private final Target target = EndedExchange.target("fast", "openai");

    @Test
    void tellsEverythingAboutARelayedExchange() {
        metrics.configured(List.of(target));

        metrics.exchangeStarted();
        metrics.exchangeEnded(EndedExchange.at(target));

        String labels = "model=\"fast\",provider=\"openai\"";
        assertThat(scrape()).contains(
                "deltallm_requests_total{route=\"chat/completions\"," + labels + ",status=\"200\",} 1.0",
                "deltallm_request_duration_seconds_sum{route=\"chat/completions\"," + labels + ",} 0.02",
                "deltallm_time_to_first_byte_seconds_sum{route=\"chat/completions\"," + labels + ",} 0.0082",
                "deltallm_upstream_first_byte_seconds_sum{" + labels + ",} 0.008",
                "deltallm_upstream_attempts_total{" + labels + ",} 1.0",
                "deltallm_overhead_seconds_sum{route=\"chat/completions\",} 4.5E-5",
                "deltallm_overhead_seconds_bucket{route=\"chat/completions\",le=\"3.0E-5\",} 0.0",
                "deltallm_overhead_seconds_bucket{route=\"chat/completions\",le=\"5.0E-5\",} 1.0",
                "deltallm_tokens_total{" + labels + ",kind=\"prompt\",} 11.0",
                "deltallm_tokens_total{" + labels + ",kind=\"completion\",} 7.0",
                "deltallm_tokens_total{" + labels + ",kind=\"cached\",} 4.0",
                "deltallm_tokens_total{" + labels + ",kind=\"reasoning\",} 3.0",
                "deltallm_exchanges_in_flight 0.0",
                "deltallm_build_info{version=\"1.2.3\",java=\"" + Runtime.version() + "\",} 1.0");
    }

    @Test
    void hasExactlyTheseMeters() {
        metrics.configured(List.of(target));
        metrics.exchangeStarted();

        assertThat(scrape()).filteredOn(line -> line.startsWith("# TYPE deltallm_")).containsExactly(
                "# TYPE deltallm_access_log_dropped_total counter",
                "# TYPE deltallm_buffer_memory_bytes gauge",
                "# TYPE deltallm_build_info gauge",
                "# TYPE deltallm_client_disconnects_total counter",
                "# TYPE deltallm_config_last_reload_success_timestamp_seconds gauge",
                "# TYPE deltallm_config_reloads_total counter",
                "# TYPE deltallm_connections gauge",
                "# TYPE deltallm_connections_accepted_total counter",
                "# TYPE deltallm_connections_refused_total counter",
                "# TYPE deltallm_errors_total counter",
                "# TYPE deltallm_event_loop_lag_seconds histogram",
                "# TYPE deltallm_exchanges_in_flight gauge",
                "# TYPE deltallm_inter_chunk_gap_seconds histogram",
                "# TYPE deltallm_overhead_seconds histogram",
                "# TYPE deltallm_rate_limited_total counter",
                "# TYPE deltallm_request_duration_seconds histogram",
                "# TYPE deltallm_requests_total counter",
                "# TYPE deltallm_time_to_first_byte_seconds histogram",
                "# TYPE deltallm_tokens_total counter",
                "# TYPE deltallm_translation_losses_total counter",
                "# TYPE deltallm_upstream_attempts_total counter",
                "# TYPE deltallm_upstream_connect_failures_total counter",
                "# TYPE deltallm_upstream_connect_seconds histogram",
                "# TYPE deltallm_upstream_connections gauge",
                "# TYPE deltallm_upstream_first_byte_seconds histogram",
                "# TYPE deltallm_upstream_pool_wait_seconds histogram");
    }

    @Test
    void countsRefusalsUnderTheModelOnlyWhereItIsConfigured() {
        metrics.configured(List.of(target));

        metrics.exchangeEnded(EndedExchange.refused(ErrorCode.RATE_LIMITED, "fast"));
        metrics.exchangeEnded(EndedExchange.refused(ErrorCode.MODEL_NOT_FOUND, "made-up"));
        metrics.exchangeEnded(EndedExchange.refused(ErrorCode.UNAUTHORIZED, null));
        metrics.rateLimited("key_requests_per_minute");

        assertThat(scrape())
                .contains(
                        request("fast", "none", "429"),
                        request("unknown", "none", "404"),
                        request("unknown", "none", "401"),
                        "deltallm_errors_total{code=\"rate_limited\",blame=\"policy\",} 1.0",
                        "deltallm_errors_total{code=\"unauthorized\",blame=\"client\",} 1.0",
                        "deltallm_rate_limited_total{scope=\"key_requests_per_minute\",} 1.0")
                .noneMatch(line -> line.contains("made-up"));
    }

    @Test
    void keepsLabelsBoundedWhateverAProviderOrClientSends() {
        metrics.configured(List.of(target));

        metrics.exchangeEnded(EndedExchange.at(target).withStatus(742));
        metrics.exchangeEnded(EndedExchange.at(target).withRoute("/etc/passwd"));
        metrics.exchangeEnded(EndedExchange.at(target).withStatus(0).failedWith(null, Outcome.ABANDONED));

        assertThat(scrape()).contains(
                request("fast", "openai", "other"),
                request("fast", "openai", "200").replace("chat/completions", "unknown"),
                request("fast", "openai", "none"),
                "deltallm_client_disconnects_total 1.0");
    }

    @Test
    void countsWhatTranslationsLoseByKnownFields() {
        for (String parameter : List.of("logit_bias", "messages[3].content[0]", "messages[].content", "x_made_up", "a[0].b")) {
            metrics.translationLost(Operation.CHAT_COMPLETIONS, Operation.MESSAGES, parameter);
        }

        String labels = "deltallm_translation_losses_total{from=\"chat/completions\",to=\"messages\",parameter=";
        assertThat(scrape()).filteredOn(line -> line.startsWith("deltallm_translation_losses_total")).containsExactlyInAnyOrder(
                labels + "\"logit_bias\",} 1.0", labels + "\"messages.content\",} 2.0", labels + "\"other\",} 2.0");
    }

    @Test
    void goesOnCountingWhenAReloadMakesTheTargetAnew() {
        metrics.configured(List.of(target));
        metrics.exchangeEnded(EndedExchange.at(target));
        Target again = EndedExchange.target("fast", "openai");

        metrics.configured(List.of(again, EndedExchange.target("slow", "groq")));
        metrics.exchangeEnded(EndedExchange.at(again));
        metrics.exchangeEnded(EndedExchange.at(target));

        assertThat(scrape()).contains(request("fast", "openai", "200").replace(" 1.0", " 3.0"));
    }

    @Test
    void tellsOfConnectionsPoolsAndConfiguration() {
        metrics.connectionOpened();
        metrics.connectionOpened();
        metrics.connectionClosed();
        metrics.connectionRefused();
        metrics.upstreamConnected(target, 2_000_000);
        metrics.upstreamConnectFailed(target);
        metrics.upstreamPoolWaited(target, 3_000_000);
        metrics.chunkRelayed(target, 20_000_000);
        metrics.upstreamConnections(() -> 5, () -> 2);
        metrics.accessLogDropped();
        metrics.configApplied(Instant.ofEpochSecond(1700000000));
        metrics.configRejected();

        assertThat(scrape()).contains(
                "deltallm_connections 1.0",
                "deltallm_connections_accepted_total 2.0",
                "deltallm_connections_refused_total 1.0",
                "deltallm_upstream_connect_seconds_sum{provider=\"openai\",} 0.002",
                "deltallm_upstream_connect_failures_total{provider=\"openai\",} 1.0",
                "deltallm_upstream_pool_wait_seconds_count{provider=\"openai\",} 1.0",
                "deltallm_inter_chunk_gap_seconds_count{model=\"fast\",provider=\"openai\",} 1.0",
                "deltallm_upstream_connections{state=\"active\",} 5.0",
                "deltallm_upstream_connections{state=\"idle\",} 2.0",
                "deltallm_access_log_dropped_total 1.0",
                "deltallm_config_reloads_total{result=\"applied\",} 1.0",
                "deltallm_config_reloads_total{result=\"rejected\",} 1.0",
                "deltallm_config_last_reload_success_timestamp_seconds 1.7E9");
    }

    @Test
    void reportsTheMemoryOfTheAllocator() {
        ByteBufAllocator allocator = new PooledByteBufAllocator(true);
        metrics.allocator(allocator);
        var held = allocator.directBuffer(1024);

        assertThat(scrape())
                .anyMatch(line -> line.matches("deltallm_buffer_memory_bytes\\{kind=\"direct\",} [1-9].*"))
                .contains("deltallm_buffer_memory_bytes{kind=\"heap\",} 0.0")
                .anyMatch(line -> line.startsWith("jvm_memory_pool_bytes_used"));
        held.release();
    }

    @Test
    void losesNoCountWhenManyThreadsCountAtOnce() throws InterruptedException {
        List<Target> targets = List.of(target, EndedExchange.target("slow", "groq"));
        metrics.configured(targets);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; n < 5000; n++) {
                    metrics.exchangeStarted();
                    metrics.exchangeEnded(EndedExchange.at(targets.get(n & 1)).withStatus(200 + n % 4));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        List<String> scrape = scrape();
        assertThat(scrape).contains("deltallm_exchanges_in_flight 0.0");
        for (int status = 200; status < 204; status++) {
            String model = status % 2 == 0 ? "fast" : "slow";
            String provider = status % 2 == 0 ? "openai" : "groq";
            assertThat(scrape).contains(request(model, provider, "" + status).replace(" 1.0", " 5000.0"));
        }
    }

    @Test
    void allocatesNothingForARelayedExchange() {
        List<Target> targets = new ArrayList<>(List.of(target));
        for (int i = 0; i < 100; i++) {
            targets.add(EndedExchange.target("model-" + i, "openai"));
        }
        metrics.configured(targets);
        EndedExchange exchange = EndedExchange.at(target);
        run(exchange, 20_000);

        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(exchange, 10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes / 10_000).isZero();
    }

    private void run(EndedExchange exchange, int times) {
        for (int i = 0; i < times; i++) {
            metrics.exchangeStarted();
            metrics.chunkRelayed(target, 20_000_000);
            metrics.exchangeEnded(exchange);
        }
    }

    private static String request(String model, String provider, String status) {
        return "deltallm_requests_total{route=\"chat/completions\",model=\"" + model + "\",provider=\"" + provider
                + "\",status=\"" + status + "\",} 1.0";
    }

    private List<String> scrape() {
        var clock = Clock.fixed(Instant.ofEpochSecond(1700000000), ZoneOffset.UTC);
        Page page = new MetricsPage(metrics, clock, () -> MetricsSettings.Format.PROMETHEUS).render("/metrics", null, null);
        return new String(page.body(), StandardCharsets.UTF_8).lines().toList();
    }
}
