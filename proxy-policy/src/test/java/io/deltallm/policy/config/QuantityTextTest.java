package io.deltallm.policy.config;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuantityTextTest {

    @ParameterizedTest
    @CsvSource({"0,0", "512,512", "1B,1", "10MB,10000000", "64KiB,65536", "64 kib,65536", "1_000,1000", "2G,2147483648"})
    void readsSizes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5MB", "10XB", "99999999999999999999", "9999999999999GB"})
    void refusesWhatIsNoSize(String text) {
        assertThat(ByteSize.parse(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, 1024, 1536, 10_000_000, 1 << 26, 1_234_567, Integer.MAX_VALUE})
    void printsSizesThatItReadsBack(long bytes) {
        assertThat(ByteSize.parse(new ByteSize(bytes).toString())).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({"30,30000", "0.5,500", "500ms,500", "30s,30000", "5m,300000", "1h,3600000", "30d,2592000000", "1 S,1000"})
    void readsDurations(String text, long millis) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5x", "1e99", "five", "99999999999d"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(DurationText.parse(text)).isNull();
    }

    @Test
    void printsDurationsShortly() {
        assertThat(DurationText.print(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(DurationText.print(Duration.ofSeconds(75))).isEqualTo("75s");
        assertThat(DurationText.print(Duration.ofMinutes(10))).isEqualTo("10m");
        assertThat(DurationText.print(Duration.ofHours(24))).isEqualTo("24h");
    }

    @Test
    void neverShowsASecret() {
        assertThat(new Secret("sk-hidden")).hasToString("***");
    }
}
