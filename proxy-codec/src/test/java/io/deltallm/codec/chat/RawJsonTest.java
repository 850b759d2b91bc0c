package io.deltallm.codec.chat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RawJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"quoted\" \\ /", "\u0000\u001f\b\f\n\r\t", "é€😀", "\u2028"})
    void goesFromTextToJsonAndBack(String text) {
        assertThat(RawJson.ofText(text).text()).isEqualTo(text);
    }

    @Test
    void readsEveryEscape() {
        assertThat(RawJson.ofLiteral("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"").text())
                .isEqualTo("\"\\/\b\f\n\r\té😀");
    }

    @Test
    void isEqualToTheSameBytesElsewhere() {
        RawJson inside = new RawJson("[123]".getBytes(java.nio.charset.StandardCharsets.UTF_8), 1, 4);

        assertThat(inside).isEqualTo(RawJson.ofLiteral("123")).hasSameHashCodeAs(RawJson.ofLiteral("123"));
        assertThat(inside.json()).isEqualTo("123");
    }
}
