package io.deltallm.codec.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SwarTest {
    private static final int LENGTH = 40;

    /// Every byte value at every place of a run of harmless ones, the run beginning at every place of a word and ending
    /// before it, at it or behind it: the eight-byte test must see what the plain one sees, and nothing behind the end.
    @Test
    void stopsWhereAByteByByteSearchStops() {
        for (int value = 0; value < 256; value++) {
            boolean string = value == '"' || value == '\\' || value < 0x20;
            boolean bracket = "\"[]{}".indexOf(value) >= 0;
            for (int place = 0; place < LENGTH; place++) {
                byte[] bytes = run((byte) value, place);
                for (int from = 0; from <= 8; from++) {
                    for (int to = from; to <= LENGTH; to += 7) {
                        int found = place >= from && place < to ? place : to;

                        assertThat(Swar.stringStop(bytes, from, to)).isEqualTo(string ? found : to);
                        assertThat(Swar.bracketOrQuote(bytes, from, to)).isEqualTo(bracket ? found : to);
                        assertThat(Swar.indexOf(bytes, from, to, value)).isEqualTo(value == 'x' ? from : found);
                    }
                }
            }
        }
    }

    /// A run of x, with stops behind it that no search may tell.
    private static byte[] run(byte value, int place) {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, (byte) 'x');
        bytes[place] = value;
        byte[] slack = ByteBlock.slack(bytes);
        Arrays.fill(slack, LENGTH, slack.length, (byte) '"');
        return slack;
    }

    @Test
    void findsTheFirstOfSeveral() {
        byte[] bytes = ascii("abc\"\\\"\u0001\"\"\"\"");

        assertThat(Swar.stringStop(bytes, 0, 11)).isEqualTo(3);
        assertThat(Swar.stringStop(bytes, 4, 11)).isEqualTo(4);
        assertThat(Swar.stringStop(bytes, 0, 2)).isEqualTo(2);
    }

    @Test
    void findsAPairWhereverItStands() {
        for (int place = 0; place < 30; place++) {
            byte[] bytes = ascii("a".repeat(place) + "uau\"a\"u" + "\"u".repeat(10));

            for (int from = 0; from <= place; from++) {
                assertThat(Swar.indexOfPair(bytes, from, place + 9, '"', 'u')).isEqualTo(place + 5);
                assertThat(Swar.indexOfPair(bytes, from, place + 5, '"', 'u')).isEqualTo(place + 5);
            }
        }
    }

    private static byte[] ascii(String text) {
        return ByteBlock.slack(text.getBytes(StandardCharsets.US_ASCII));
    }
}
