package io.deltallm.netty.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.ThreadMXBean;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.policy.telemetry.ExchangeFacts;
import io.deltallm.policy.telemetry.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class AccessLogTest {
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:05.007Z"), ZoneOffset.UTC);
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.LOGGER);
    private final Lines lines = new Lines();
    private final AtomicInteger dropped = new AtomicInteger();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(lines);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void saysEverythingAboutARelayedExchange() {
        log(LineFormat.JSON, EndedExchange.at(EndedExchange.target("fast", "openai"))
                .by(EndedExchange.caller("key_1", "team a")));

        assertThat(lines.all()).containsExactly("{\"time\":\"2026-11-21T10:00:05.007Z\",\"request_id\":\"req-1\","
                + "\"method\":\"POST\",\"path\":\"/v1/chat/completions\",\"route\":\"chat/completions\",\"status\":200,"
                + "\"outcome\":\"completed\",\"duration_ms\":20.000,\"overhead_us\":45,\"ttfb_ms\":8.200,"
                + "\"model\":\"fast\",\"upstream_model\":\"fast-upstream\",\"provider\":\"openai\",\"stream\":true,"
                + "\"attempts\":1,\"key\":\"key_1\",\"alias\":\"team a\",\"prompt_tokens\":11,\"completion_tokens\":7,"
                + "\"total_tokens\":18,\"usage_estimated\":false,\"request_bytes\":512,\"response_bytes\":2048,"
                + "\"client\":\"192.0.2.7\"}");
    }

    @Test
    void leavesOutWhatARefusedExchangeDoesNotHave() throws IOException {
        log(LineFormat.JSON, EndedExchange.refused(ErrorCode.UNAUTHORIZED, null));

        assertThat(fields(lines.all().getFirst()))
                .containsEntry("error", "unauthorized")
                .containsEntry("status", "401")
                .containsEntry("outcome", "refused")
                .doesNotContainKeys("model", "provider", "key", "alias", "prompt_tokens");
    }

    @Test
    void escapesWhateverAClientSends() throws IOException {
        String hostile = "/v1/\"\\\b\f\n\r\t\u0000\u001b[31m\u007f\u0085\u2028ü€😀</x>";

        log(LineFormat.JSON, EndedExchange.refused(ErrorCode.NOT_FOUND, "a\"},{\"b").withPath(hostile));

        assertThat(lines.all().getFirst()).doesNotContainPattern("[\\x00-\\x1f\\x7f\u0085\u2028]");
        assertThat(fields(lines.all().getFirst())).containsEntry("path", hostile).containsEntry("model", "a\"},{\"b");
    }

    @Test
    void writesPairsInTextFormat() {
        log(LineFormat.TEXT, EndedExchange.refused(ErrorCode.NOT_FOUND, "a b").withPath("/x\n=1"));

        assertThat(lines.all().getFirst())
                .startsWith("time=2026-11-21T10:00:05.007Z request_id=req-1 method=POST path=\"/x\\n=1\" ")
                .contains(" status=404 outcome=refused error=not_found ", " model=\"a b\" ")
                .endsWith(" client=192.0.2.7");
    }

    @Test
    void dropsAndCountsWhenFullThenWritesTheRest() {
        AccessLog log = new AccessLog(LineFormat.JSON, clock, dropped::incrementAndGet, 4);
        for (int i = 0; i < 7; i++) {
            log.exchangeEnded(EndedExchange.refused(ErrorCode.NOT_FOUND, null));
        }

        log.start().close();

        assertThat(dropped).hasValue(3);
        assertThat(lines.all()).hasSize(4);
    }

    @Test
    void writesEverythingOfferedBeforeClose() {
        AccessLog log = new AccessLog(LineFormat.JSON, clock, dropped::incrementAndGet).start();
        for (int i = 0; i < 3000; i++) {
            log.exchangeEnded(EndedExchange.refused(ErrorCode.NOT_FOUND, null));
        }

        log.close();

        assertThat(lines.all()).hasSize(3000);
        assertThat(dropped).hasValue(0);
    }

    @Test
    void doesNothingWhenTheLevelIsOff() {
        logger.setLevel(Level.WARN);

        log(LineFormat.JSON, EndedExchange.at(EndedExchange.target("fast", "openai")));

        assertThat(lines.all()).isEmpty();
    }

    @Test
    void showsHowEachOutcomeIsCalled() throws IOException {
        for (Outcome outcome : Outcome.values()) {
            log(LineFormat.JSON, EndedExchange.at(EndedExchange.target("fast", "openai")).failedWith(null, outcome));
        }

        assertThat(lines.all()).hasSize(4);
        assertThat(fields(lines.all().getLast())).containsEntry("outcome", "abandoned");
    }

    @Test
    void allocatesNothingOnTheEventLoop() {
        EndedExchange exchange = EndedExchange.at(EndedExchange.target("fast", "openai"));
        AccessLog log = new AccessLog(LineFormat.JSON, Clock.systemUTC(), dropped::incrementAndGet, 1 << 15);
        for (int i = 0; i < 10_000; i++) {
            log.exchangeEnded(exchange);
        }

        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            log.exchangeEnded(exchange);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes / 10_000).isZero();
        assertThat(dropped).hasValue(0);
    }

    private void log(LineFormat format, ExchangeFacts facts) {
        AccessLog log = new AccessLog(format, clock, dropped::incrementAndGet).start();
        log.exchangeEnded(facts);
        log.close();
    }

    private static Map<String, String> fields(String line) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
            assertThat(json.nextToken()).isNull();
        }
        return fields;
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            written.add(event.getFormattedMessage());
        }

        List<String> all() {
            return written;
        }
    }
}
