package io.deltallm.codec.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DecimalTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 99, 100, 12345, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE, -1, -10, -Long.MAX_VALUE})
    void writesAsJavaDoes(long value) {
        byte[] target = new byte[24];

        int end = Decimal.write(target, 2, value);

        assertThat(Ascii.bytes(Long.toString(value))).isEqualTo(java.util.Arrays.copyOfRange(target, 2, end));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "007,7", "999999999999999999,999999999999999999"})
    void readsDigits(String text, long value) {
        assertThat(Decimal.parse(Ascii.bytes("x" + text + "y"), 1, text.length() + 1)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "+1", "-1", "1,1", "1.", "0x1", "a", "/", ":", "1000000000000000000", "0000000000000000001"})
    void readsNothingElse(String text) {
        assertThat(Decimal.parse(Ascii.bytes(text), 0, text.length())).isEqualTo(-1);
    }
}
