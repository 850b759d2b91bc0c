package io.deltallm.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.chat.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonCursorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonCursor over(String json) {
        return new JsonCursor().over(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsWhatIsAskedForAndPassesOverTheRest() {
        JsonCursor cursor = over(" {\"a\" : [1, {\"x\":\"]}\"}], \"model\":\"gpt\", \"n\":-12, \"t\":0.5, \"s\":true,\"u\":null} ");
        List<Object> found = new ArrayList<>();

        cursor.object();
        for (String name = cursor.name(); name != null; name = cursor.name()) {
            switch (name) {
                case "model" -> found.add(cursor.string());
                case "n" -> found.add(cursor.longValue());
                case "t" -> found.add(cursor.doubleValue());
                case "s" -> found.add(cursor.booleanValue());
                case "u" -> found.add(cursor.skipNull());
                default -> found.add(name);
            }
        }

        assertThat(found).containsExactly("a", "gpt", -12L, 0.5, true, true);
        assertThat(cursor.atEnd()).isTrue();
    }

    @Test
    void handsOnValuesAsTheyAreWritten() {
        JsonCursor cursor = over("[\"a\\u0041\\n\", {\"b\": [ 1,2 ] }, 1e3]");
        cursor.array();
        List<String> raws = new ArrayList<>();

        while (cursor.element()) {
            raws.add(cursor.raw().json());
        }

        assertThat(raws).containsExactly("\"a\\u0041\\n\"", "{\"b\": [ 1,2 ] }", "1e3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"b":[1,"x"]}}  | a.b[1]     | is a string (expected: a number)
            {"a":{"b":[1,{}]}}   | a.b[1]     | is an object (expected: a number)
            {"a":{"b":[1,nul]}}  | a.b[1]     | is nul (expected: a number)""")
    void saysWhereAValueIsWrong(String json, String path, String problem) {
        JsonCursor cursor = over(json);
        cursor.object();
        cursor.name();
        cursor.object();
        cursor.name();
        cursor.array();
        cursor.element();
        cursor.longValue();
        cursor.element();

        assertThatExceptionOfType(JsonProblem.class).isThrownBy(cursor::longValue).satisfies(thrown -> {
            assertThat(thrown.path()).isEqualTo(path);
            assertThat(thrown.problem()).isEqualTo(problem);
            assertThat(thrown.getStackTrace()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "[1 2]",
            "[1,", "\"\\q\"", "\"\\u12g4\"", "{\"\\q\":1}", "01", "1d", "1.", "-", "0x1p3", "[}", "1,2", "1}{", "1,\"a\":2", "\"abc", "\"a\\", "{\"a\":\"b\u0001\"}", "{\"a\":[}", "{\"a\":+}"})
    void refusesWhatIsNoJson(String json) {
        assertThat(JsonSyntax.isValue(json)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            9007199254740993      | 9007199254740993
            -1                    | -1
            1.9                   | 1
            1e3                   | 1000
            123456789012345678901 | 9223372036854775807""")
    void readsWholeNumbers(String json, long expected) {
        assertThat(over(json).longValue()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "12 | 12", "0 | 0", "1.9 | 1", "-3 | 0", "1e400 | 1000000000000", "99999999999999999999 | 1000000000000", "null | 0",
        "\"7\" | 0", "[7] | 0", "{\"a\":1} | 0"
    })
    void countsWithinBounds(String json, long expected) {
        JsonCursor cursor = over(json);

        assertThat(cursor.count()).isEqualTo(expected);
        assertThat(cursor.atEnd()).isTrue();
    }

    @Test
    void refusesANumberThatNoDoubleHolds() {
        assertThatExceptionOfType(JsonProblem.class).isThrownBy(() -> over("-1e400").doubleValue())
                .withMessage("is a number beyond all bounds");
    }

    @Test
    void shortensPathsOfLongNames() {
        JsonCursor cursor = over("{\"" + "n".repeat(100_000) + "\":true}");
        cursor.object();
        cursor.name();

        assertThatExceptionOfType(JsonProblem.class).isThrownBy(cursor::longValue)
                .satisfies(problem -> assertThat(problem.path()).hasSizeLessThan(600).startsWith("nnn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"", "{\"a\":1,\"", "{\"a\u0001\":1}", "{\"a\\"})
    void saysThatANameIsBroken(String json) {
        JsonCursor cursor = over(json);
        cursor.object();

        assertThatExceptionOfType(JsonProblem.class).isThrownBy(() -> {
            while (cursor.name() != null) {
                cursor.skip();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\q\"", "\"\\u12g4\"", "\"\\u123\"", "\"\\", "\"\\u", "\"\\u00", "{\"a\":\"\\'\"}", "[[\"\\x41\"]]"})
    void handsOnNoWrongEscape(String json) {
        assertThatExceptionOfType(JsonProblem.class).isThrownBy(() -> over(json).raw());
    }

    /// No byte behind the text is there to be read.
    @Test
    void readsToTheLastByteOfItsArray() {
        for (int length = 0; length < 40; length++) {
            String text = "é".repeat(length % 3) + "x".repeat(length) + "\\n";

            assertThat(over('"' + text + '"').string()).isEqualTo(text.replace("\\n", "\n"));
        }
    }

    @Test
    void refusesEndlessNesting() {
        String json = "[".repeat(600) + "]".repeat(600);

        assertThat(JsonSyntax.isValue(json)).isFalse();
    }

    @Test
    void agreesWithJacksonOnRandomDocuments() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            JsonNode document = document(random, 4);
            String text = random.nextBoolean() ? document.toString() : document.toPrettyString();
            byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);

            JsonNode read = tree(new JsonCursor().over(bytes, 2, bytes.length - 2));

            assertThat(read).isEqualTo(JSON.readTree(text));
        }
    }

    private static JsonNode tree(JsonCursor cursor) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (cursor.kind()) {
            case OBJECT -> {
                ObjectNode object = nodes.objectNode();
                cursor.object();
                for (String name = cursor.name(); name != null; name = cursor.name()) {
                    object.set(name, tree(cursor));
                }
                yield object;
            }
            case ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                cursor.array();
                while (cursor.element()) {
                    array.add(tree(cursor));
                }
                yield array;
            }
            case STRING -> nodes.textNode(cursor.string());
            case NUMBER -> nodes.numberNode((int) cursor.longValue());
            case BOOLEAN -> nodes.booleanNode(cursor.booleanValue());
            case NULL -> {
                cursor.skipNull();
                yield nodes.nullNode();
            }
        };
    }

    private static JsonNode document(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        int kind = random.nextInt(depth == 0 ? 4 : 6);
        return switch (kind) {
            case 0 -> nodes.numberNode(random.nextInt() >> random.nextInt(31));
            case 1 -> nodes.textNode(text(random));
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.nullNode();
            case 4 -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(document(random, depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(random.nextBoolean() ? "content" : text(random), document(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        String alphabet = "ab\"\\/\n\t\u0007 {}[]:,é€😀";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            int at = alphabet.offsetByCodePoints(0, random.nextInt(alphabet.codePointCount(0, alphabet.length())));
            text.appendCodePoint(alphabet.codePointAt(at));
        }
        return text.toString();
    }

    @Test
    void keepsAValueBeyondItsBuffer() {
        byte[] bytes = "[\"abc\"]".getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor().over(bytes);
        cursor.array();
        cursor.element();
        RawJson borrowed = cursor.rawString();
        RawJson kept = borrowed.copy();

        bytes[2] = 'X';

        assertThat(borrowed.text()).isEqualTo("Xbc");
        assertThat(kept.text()).isEqualTo("abc");
    }
}
