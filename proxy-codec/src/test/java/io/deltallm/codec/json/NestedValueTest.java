package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NestedValueTest {
    private final NestedValue nested = new NestedValue();

    /// The value fed in two pieces, from an array whose slack holds what would end it.
    private int endOf(byte[] bytes, int offset, int split, int length) {
        byte[] shifted = new byte[offset + bytes.length + Swar.SLACK];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        int at = nested.feed(shifted, offset, offset + split);
        return (nested.ended() ? at : nested.feed(shifted, offset + split, offset + length)) - offset;
    }

    @Test
    void findsTheEndOfAContainerWhereverItIsCutAndBegins() {
        RandomJson documents = new RandomJson(new Random(20261121));
        for (int round = 0; round < 300; round++) {
            String document = documents.object(4).strip().substring(1);
            byte[] bytes = (document + "}]\"\\").getBytes(StandardCharsets.UTF_8);
            int length = document.getBytes(StandardCharsets.UTF_8).length;
            for (int split = 1; split <= length; split++) {
                nested.beginContainer();

                assertThat(endOf(bytes, round % 9, split, bytes.length)).as(document).isEqualTo(length);
                assertThat(nested.ended()).isTrue();
            }
        }
    }

    @Test
    void findsTheEndOfAStringWhereverItIsCutAndBegins() {
        String string = "a \\\" b \\\\\\\" {[ and on for more than a word \\\\\"";
        byte[] bytes = (string + "\"\"\"").getBytes(StandardCharsets.UTF_8);
        for (int offset = 0; offset <= 8; offset++) {
            for (int split = 0; split <= string.length(); split++) {
                nested.beginString();

                assertThat(endOf(bytes, offset, split, bytes.length)).isEqualTo(string.length());
                assertThat(nested.ended()).isTrue();
            }
        }
    }
}
