package io.deltallm.codec.json;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonWalkerTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Transcript transcript = new Transcript();
    private final JsonWalker walker = new JsonWalker(transcript, 64, 64);

    /// Writes down what it is told, as JSON without white space.
    private static final class Transcript implements JsonVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void key(JsonWalker json) {
            text.append(json.key()).append(':');
            json.capture(100);
        }

        @Override
        public void open(JsonWalker json, boolean object) {
            text.append(object ? '{' : '[');
            json.capture(object ? 0 : 100);
        }

        @Override
        public void close(JsonWalker json, boolean object) {
            text.append(object ? '}' : ']').append(',');
        }

        @Override
        public void scalar(JsonWalker json, Kind kind) {
            text.append(kind == Kind.STRING || kind == Kind.NUMBER ? json.text() : kind).append(',');
            json.capture(100);
        }
    }

    private boolean accepts(byte[] document, int split) {
        walker.begin();
        transcript.text.setLength(0);
        feed(document, 0, split);
        feed(document, split, document.length);
        return walker.done();
    }

    private void feed(byte[] document, int from, int to) {
        // What lies behind a piece must not matter: here it is mostly the rest of the document.
        byte[] bytes = ByteBlock.slack(document);
        int at = walker.feed(bytes, from, to);
        if (at < to) {
            walker.feedTrailing(bytes, at, to);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void tellsTheSameWhereverTheDocumentIsCut() {
        String text = " { \"a\\u0062\\n\" : [1, -0.5e+3 ,true,null,\"\\ud83d\\ude00 \\\"x\\\\\"],\"\":{}, \"ü\":\"é😀\" } \n";
        String expected = "{ab\n:[1,-0.5e+3,TRUE,NULL,😀 \"x\\,],:{},ü:é😀,},";
        byte[] document = utf8(text);

        for (int split = 0; split <= document.length; split++) {
            assertThat(accepts(document, split)).as("cut at %d", split).isTrue();
            assertThat(transcript.text.toString()).as("cut at %d", split).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[]", "1", "{", "{}}", "{} x", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{a:1}", "{\"a\":01}", "{\"a\":1.}",
                "{\"a\":.5}", "{\"a\":-}", "{\"a\":1e}", "{\"a\":+1}", "{\"a\":tru}", "{\"a\":trux}", "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}", "{\"a\":\"\n\"}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "{\"a\":[1}}", "{\"a\":{]}", "{\"a\" 1}",
                "{\"a\":1 \"b\":2}", "{'a':1}", "{\"a\":NaN}", "{\"a\":1}//", "\uFEFF{}"
            })
    void refusesWhatIsNoJsonObject(String text) {
        byte[] document = utf8(text);

        for (int split = 0; split <= document.length; split++) {
            assertThat(accepts(document, split) && walker.problem() == null).as("cut at %d", split).isFalse();
        }
    }

    @Test
    void keepsALoneSurrogateSoThatItEqualsNoOtherName() {
        assertThat(accepts(utf8("{\"\\ud83dmodel\":\"\\ude00\",\"\\ud83d\\ud83d\\ude00\":1}"), 0)).isTrue();

        assertThat(transcript.text.toString()).doesNotContain("{model").contains("😀:1");
    }

    @Test
    void refusesADocumentNestedBeyondTheLimit() {
        byte[] deep = utf8("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}");
        byte[] deeper = utf8("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}");

        assertThat(accepts(deep, 0)).isTrue();
        assertThat(accepts(deeper, 0)).isFalse();
        assertThat(walker.problem()).isEqualTo("byte 68: nested deeper than the limit of 64");
    }

    @Test
    void acceptsWhatAnotherReaderAcceptsAndRefusesWhatItRefuses() {
        Random random = new Random(20261121);
        RandomJson documents = new RandomJson(random);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] document = utf8(documents.object(4));
            assertThat(accepts(document, random.nextInt(document.length + 1))).isTrue();

            byte[] mutated = RandomJson.mutate(document, random);
            boolean sound = isSound(mutated);
            boolean accepted = accepts(mutated, random.nextInt(mutated.length + 1));
            refused += accepted ? 0 : 1;

            assertThat(accepted).as(new String(mutated, StandardCharsets.UTF_8)).isEqualTo(sound);
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    private static boolean isSound(byte[] document) {
        try {
            return STRICT.readTree(document).isObject();
        } catch (IOException e) {
            return false;
        }
    }
}
