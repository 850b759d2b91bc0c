package io.deltallm.codec.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SwarTest {

    /// Every byte value at every place of a run of harmless ones: the eight-byte test must see what the plain one sees.
    @Test
    void stopsWhereAByteByByteSearchStops() {
        for (int value = 0; value < 256; value++) {
            boolean string = value == '"' || value == '\\' || value < 0x20;
            boolean bracket = "\"[]{}".indexOf(value) >= 0;
            for (int place = 0; place < 70; place++) {
                ByteBuffer view = run((byte) value, place);

                assertThat(Swar.stringStop(view, 0, 70)).isEqualTo(string ? place : 70);
                assertThat(Swar.bracketOrQuote(view, 0, 70)).isEqualTo(bracket ? place : 70);
                assertThat(Swar.indexOf(view, 0, 70, value)).isEqualTo(value == 'x' ? 0 : place);
            }
        }
    }

    private static ByteBuffer run(byte value, int place) {
        byte[] bytes = new byte[70];
        Arrays.fill(bytes, (byte) 'x');
        bytes[place] = value;
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void findsTheFirstOfSeveral() {
        ByteBuffer view = ByteBuffer.wrap("abc\"\\\"\u0001\"\"\"\"".getBytes(StandardCharsets.US_ASCII));

        assertThat(Swar.stringStop(view, 0, 11)).isEqualTo(3);
        assertThat(Swar.stringStop(view, 4, 11)).isEqualTo(4);
        assertThat(Swar.stringStop(view, 0, 2)).isEqualTo(2);
    }
}
