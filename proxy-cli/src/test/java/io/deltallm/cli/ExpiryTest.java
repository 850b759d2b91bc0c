package io.deltallm.cli;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-01-31T10:01:30Z",
        "5m, 2026-01-31T10:05:00Z",
        "2h, 2026-01-31T12:00:00Z",
        "30d, 2026-03-02T10:00:00Z",
        "1mo, 2026-02-28T10:00:00Z",
        "2027-01-31, 2027-01-31T00:00:00Z",
        "2027-01-31T12:00:00+02:00, 2027-01-31T10:00:00Z"
    })
    void readsSpansDaysAndMoments(String text, Instant expected) {
        assertThat(Expiry.parse(text, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "30", "-1d", "30 days", "2027-13-01", "2027-01-31T12:00"})
    void namesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> Expiry.parse(text, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" (expected:");
    }

    @Test
    void refusesWhatIsPast() {
        assertThatThrownBy(() -> Expiry.parse("0d", NOW)).hasMessageContaining("past");
    }
}
