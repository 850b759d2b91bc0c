package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.Usage;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UsageTapTest {
    private static final String USAGE = "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final UsageTap tap = new UsageTap(new ByteBlock());

    private void plain(String... pieces) {
        tap.begin(Operation.CHAT_COMPLETIONS, false);
        feed(pieces);
    }

    private void stream(String... pieces) {
        tap.begin(Operation.CHAT_COMPLETIONS, true);
        feed(pieces);
    }

    private void feed(String... pieces) {
        for (String piece : pieces) {
            ByteBuf buffer = buffers.of(piece);
            tap.feed(buffer);
            buffer.release();
        }
        tap.end();
    }

    @Test
    void readsAPlainReplyWhereverItIsCut() {
        String body = "{\"id\":\"x\",\"choices\":[{\"usage\":{\"prompt_tokens\":1},\"message\":{\"content\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":2}\"}}],"
                + "\"note\":\"\\\\\",\"usage\" : {\"prompt_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":4,\"x\":[{\"cached_tokens\":9}]},"
                + "\"completion_tokens\":5,\"completion_tokens_details\":{\"reasoning_tokens\":3},\"total_tokens\":15},\"end\":{\"usage\":{\"prompt_tokens\":3}}}";

        for (int split = 0; split <= body.length(); split++) {
            plain(body.substring(0, split), body.substring(split));

            assertThat(tap.found()).as("cut at %d", split).isTrue();
            assertThat(tap.toUsage()).isEqualTo(Usage.of(10, 5, 15, 4, 3, false));
            assertThat(tap.bodyBytes()).isEqualTo(body.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"usage\",\"x\":{}}",
                "{\"content\":\"\\\"usage\\\":" + "{\\\"prompt_tokens\\\":1}\"}",
                "{\"a\":{\"usage\":{\"prompt_tokens\":1}}}",
                "{\"tools\":[{\"usage\":{\"prompt_tokens\":1}}]}",
                "{\"response\":{\"tools\":[{\"usage\":{\"prompt_tokens\":1}}]}}",
                "{\"x\\\"usage\":{\"prompt_tokens\":1}}",
                "{\"usage\":null}",
                "{\"usage\":{}}",
                "{\"usage\":[{\"prompt_tokens\":1}]}",
                "{\"usage\":{\"details\":{\"prompt_tokens\":1}}}",
                "[{\"usage\":{\"prompt_tokens\":1}}]",
                "not json \"usage\":{\"prompt_tokens\":1}",
                "{\"usage\":{\"prompt_tokens\":1"
            })
    void isNotFooled(String body) {
        plain(body);
        assertThat(tap.found()).as("plain").isFalse();

        stream("data: " + body + "\n\n");
        assertThat(tap.found()).as("streamed").isFalse();

        stream("data: " + body.substring(0, 10), body.substring(10) + "\n\n");
        assertThat(tap.found()).as("streamed in two pieces").isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"usage":{"input_tokens":7,"output_tokens":2,"total_tokens":9,"input_tokens_details":{"cached_tokens":1},"output_tokens_details":{"reasoning_tokens":1}}} | 7,2,9,1,1
            {"usage":{"prompt_tokens":7,"total_tokens":7}}                                          | 7,0,7,0,0
            {"usage":{"total_tokens":7}}                                                            | 7,0,7,0,0
            {"usage":{"prompt_tokens":7,"completion_tokens":2}}                                     | 7,2,9,0,0
            {"usage":{"prompt_tokens":7.0,"completion_tokens":2e0,"total_tokens":9}}                | 7,2,9,0,0
            {"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_cache_hit_tokens":6,"prompt_cache_miss_tokens":1}} | 7,2,9,6,0
            {"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":12,"completion_tokens_details":{"reasoning_tokens":3}}} | 7,5,12,0,3
            {"x_groq":{"id":"1","usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}} | 7,2,9,0,0
            {"usage":{"prompt_tokens":7,"completion_tokens":2},"x_groq":{"usage":{}}}               | 7,2,9,0,0
            {"response":{"output":[],"usage":{"input_tokens":7,"output_tokens":2,"total_tokens":9}}} | 7,2,9,0,0
            {"meta":{"billed_units":{"input_tokens":5},"tokens":{"input_tokens":7,"output_tokens":2}}} | 7,2,9,0,0
            {"meta":{"tokens":{"input_tokens":7},"billed_units":{"input_tokens":5}}}                | 7,0,7,0,0
            {"meta":{"billed_units":{"input_tokens":5}}}                                            | 5,0,5,0,0
            {"usage":{"type":"tokens","input_tokens":7,"output_tokens":2,"total_tokens":9}}          | 7,2,9,0,0
            {"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":null}} | 7,2,9,0,0
            """)
    void knowsTheNamesThatProvidersUse(String body, String expected) {
        long[] counts = Arrays.stream(expected.split(",")).mapToLong(Long::parseLong).toArray();
        Usage usage = Usage.of(counts[0], counts[1], counts[2], counts[3], counts[4], false);

        plain(body);
        assertThat(tap.toUsage()).isEqualTo(usage);
        if (!body.contains("meta")) {
            stream("data: " + body + "\n\n");
            assertThat(tap.toUsage()).isEqualTo(usage);
        }
    }

    @Test
    void readsTheLengthOfTranscribedAudio() {
        plain("{\"text\":\"x\",\"usage\":{\"type\":\"duration\",\"seconds\":12.5}}");

        assertThat(tap.found()).isFalse();
        assertThat(tap.audioMillis()).isEqualTo(12_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAStreamWhereverItIsCut(String lineEnd) {
        String text = ": comment\n\nevent: x\ndata:{\"choices\":[{\"delta\":{\"content\":\"é \\\"usage\\\":{\"}}],\"usage\":null}\n\n"
                + "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":1}}\n\n"
                + "data: {\"choices\":[],\ndata: \"usage\":\ndata: " + USAGE + "}\n\ndata: [DONE]\n\n";
        byte[] bytes = text.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);

        for (int split = 0; split <= bytes.length; split++) {
            tap.begin(Operation.CHAT_COMPLETIONS, true);
            ByteBuf first = buffers.of(Arrays.copyOf(bytes, split));
            ByteBuf second = buffers.of(Arrays.copyOfRange(bytes, split, bytes.length));
            tap.feed(first);
            tap.feed(second);
            tap.end();
            first.release();
            second.release();

            assertThat(tap.toUsage()).as("cut at %d", split).isEqualTo(Usage.of(10, 5, 15, 0, 0, false));
            assertThat(tap.dataEvents()).as("cut at %d", split).isEqualTo(4);
            assertThat(tap.bodyBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void takesTheLastUsageAndDoesNotAdd() {
        stream(
                "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":1}}\n\n",
                "data: {\"choices\":[{}],\"usage\":" + USAGE + "}\n\ndata: {\"choices\":[],\"usage\":null}\n\n");

        assertThat(tap.toUsage()).isEqualTo(Usage.of(10, 5, 15, 0, 0, false));
    }

    @Test
    void readsAnEventThatLacksItsBlankLine() {
        stream("data: {\"choices\":[],\"usage\":" + USAGE + "}");

        assertThat(tap.totalTokens()).isEqualTo(15);
    }

    @Test
    void marksAsEstimatedWhatWasNeverStated() {
        stream("data: {}\n\n");

        assertThat(tap.toUsage()).isEqualTo(Usage.of(0, 0, 0, 0, 0, true));
        assertThat(tap.dataEvents()).isEqualTo(1);
    }

    @Test
    void readsAReplyOfSeveralComponents() {
        tap.begin(Operation.EMBEDDINGS, false);
        ByteBuf body = buffers.composite("{\"data\":[[1.5,", "2]],\"usa", "ge\":", USAGE + "}");

        tap.feed(body);
        tap.end();

        assertThat(tap.totalTokens()).isEqualTo(15);
        body.release();
    }
}
