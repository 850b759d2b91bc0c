package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.CountedBuffers.Collected;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StreamUsageFilterTest {
    private static final String TEXT = "data: {\"choices\":[{\"delta\":{\"content\":\"é\"}}],\"usage\":null}\n\n";
    private static final String USAGE_ONLY = "data: {\"id\":\"1\",\"choices\" : [ ],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n";
    private static final String USAGE_WITH_CHOICE = "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":3}}\n\n";
    private static final String FILTER_RESULTS = "data: {\"choices\":[],\"prompt_filter_results\":[{}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final UsageTap tap = new UsageTap(new ByteBlock());
    private final StreamUsageFilter filter = new StreamUsageFilter();

    private Collected filtered(byte[]... pieces) {
        Collected out = new Collected();
        begin();
        for (byte[] piece : pieces) {
            filter.feed(buffers.of(piece), out);
        }
        filter.end(out);
        return out;
    }

    private void begin() {
        tap.begin(Operation.CHAT_COMPLETIONS, true);
        filter.begin(tap);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesOutTheUsageEventWhereverTheStreamIsCut(String lineEnd) {
        String before = (": hello\n\n" + TEXT + FILTER_RESULTS + "event: a\n" + TEXT + USAGE_WITH_CHOICE).replace("\n", lineEnd);
        String usage = USAGE_ONLY.replace("\n", lineEnd);
        byte[] stream = utf8(before + usage + DONE.replace("\n", lineEnd));
        String expected = before + DONE.replace("\n", lineEnd);

        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= Math.min(stream.length, first + 70); second += 3) {
                Collected out = filtered(
                        Arrays.copyOf(stream, first),
                        Arrays.copyOfRange(stream, first, second),
                        Arrays.copyOfRange(stream, second, stream.length));

                assertThat(out.text()).as("cut at %d and %d", first, second).isEqualTo(expected);
                assertThat(tap.completionTokens()).isEqualTo(2);
            }
        }
    }

    @Test
    void takesOutTheUsageEventWhenBytesComeOneByOne() {
        byte[] stream = utf8(TEXT + USAGE_ONLY + TEXT + DONE);
        byte[][] bytes = new byte[stream.length][];
        for (int i = 0; i < stream.length; i++) {
            bytes[i] = new byte[] {stream[i]};
        }

        assertThat(filtered(bytes).text()).isEqualTo(TEXT + TEXT + DONE);
    }

    @Test
    void handsOnTheVeryBufferWhenEventsArriveWhole() {
        List<ByteBuf> out = new ArrayList<>();
        begin();
        ByteBuf piece = buffers.of(TEXT + TEXT);

        filter.feed(piece, out::add);

        assertThat(out).containsExactly(piece);
        assertThat(piece.refCnt()).isOne();
        piece.release();
    }

    @Test
    void passesAtOnceWhatIsWholeAndHoldsOnlyWhatIsCut() {
        Collected out = new Collected();
        begin();

        filter.feed(buffers.of(TEXT + "data: {\"cho"), out);
        assertThat(out.text()).isEqualTo(TEXT);
        filter.feed(buffers.of("ices\":[{}]}\n\n"), out);
        filter.end(out);

        assertThat(out.text()).isEqualTo(TEXT + "data: {\"choices\":[{}]}\n\n");
    }

    @Test
    void handsOnAPieceOfSeveralComponents() {
        Collected out = new Collected();
        begin();
        filter.feed(buffers.composite(TEXT.substring(0, 9), TEXT.substring(9) + USAGE_ONLY.substring(0, 9), USAGE_ONLY.substring(9) + DONE), out);
        filter.end(out);

        assertThat(out.text()).isEqualTo(TEXT + DONE);
    }

    @Test
    void letsAnEventGoThatIsTooLargeToBeUsage() {
        String large = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1},\"x\":\"" + "x".repeat(100_000) + "\"}\n\n";
        Collected out = filtered(utf8(large.substring(0, 70_000)), utf8(large.substring(70_000, 90_000)), utf8(large.substring(90_000) + USAGE_ONLY));

        assertThat(out.text()).isEqualTo(large);
    }

    @Test
    void handsOnWhatIsHeldWhenTheStreamBreaksOff() {
        assertThat(filtered(utf8(TEXT + "data: {\"choices\":[{}")).text()).isEqualTo(TEXT + "data: {\"choices\":[{}");
        assertThat(filtered(utf8(TEXT + USAGE_ONLY.strip())).text()).isEqualTo(TEXT);
    }

    @Test
    void letsGoOfWhatIsHeldWhenTheExchangeIsOver() {
        Collected out = new Collected();
        begin();
        filter.feed(buffers.of("data: {"), out);

        filter.release();

        assertThat(out.text()).isEmpty();
    }
}
