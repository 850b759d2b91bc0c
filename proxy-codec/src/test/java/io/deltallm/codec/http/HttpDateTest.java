package io.deltallm.codec.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HttpDateTest {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sun, 06 Nov 1994 08:49:37 GMT | 784111777
            Thu, 01 Jan 1970 00:00:00 GMT | 0
            Thu, 29 Feb 2024 23:59:59 GMT | 1709251199
            Wed, 31 Dec 1969 23:59:59 GMT | -1
            """)
    void areSecondsSince1970(String date, long seconds) {
        assertThat(HttpDate.epochSeconds(date)).isEqualTo(seconds);
    }

    @Test
    void agreeWithJavasCalendar() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long seconds = random.nextLong(0, 253_402_300_800L);

            assertThat(HttpDate.epochSeconds(FORM.format(Instant.ofEpochSecond(seconds)))).isEqualTo(seconds);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                "Sun, 06 Nox 1994 08:49:37 GMT",
                "Sun, 06 anF 1994 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, +6 Nov 1994 08:49:37 GMT"
            })
    void areNotReadInOtherForms(String date) {
        assertThat(HttpDate.epochSeconds(date)).isEqualTo(HttpDate.UNREADABLE);
    }
}
