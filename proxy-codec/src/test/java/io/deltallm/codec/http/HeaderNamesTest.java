package io.deltallm.codec.http;

import io.deltallm.codec.json.ByteBlock;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderNamesTest {
    private static int find(String name) {
        byte[] bytes = ByteBlock.slack(Ascii.bytes("\r\n" + name + ": value"));
        return HeaderNames.find(bytes, 2, 2 + name.length());
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryNameInAnyCase(HeaderName name) {
        String lower = name.lowerCase();
        StringBuilder mixed = new StringBuilder(lower);
        for (int i = 0; i < lower.length(); i += 2) {
            mixed.setCharAt(i, Character.toUpperCase(lower.charAt(i)));
        }

        assertThat(find(lower)).isEqualTo(name.ordinal());
        assertThat(find(lower.toUpperCase(Locale.ROOT))).isEqualTo(name.ordinal());
        assertThat(find(mixed.toString())).isEqualTo(name.ordinal());
    }

    @ParameterizedTest
    @EnumSource
    void missesWhatIsOnlyNearlyThere(HeaderName name) {
        String lower = name.lowerCase();

        assertThat(find(lower.substring(1))).isNegative();
        assertThat(find(lower + "s")).isNegative();
        assertThat(find("x" + lower)).isNegative();
        assertThat(find(lower.substring(0, lower.length() - 1) + "_")).isNegative();
        assertThat(find(lower.replace('-', '_') + "_")).isNegative();
    }
}
