package io.deltallm.codec.dialect;

import io.deltallm.codec.CountedBuffers;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.json.ByteBlock;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestScannerTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @RegisterExtension
    private final CountedBuffers buffers = new CountedBuffers();

    private final RequestScanner scanner = new RequestScanner(ScanLimits.DEFAULT, new ByteBlock());

    private @Nullable GatewayError scan(Operation operation, String... pieces) {
        scanner.begin(operation, null);
        for (String piece : pieces) {
            feed(buffers.of(piece));
        }
        return scanner.end();
    }

    private void feed(ByteBuf piece) {
        scanner.feed(piece);
        piece.release();
    }

    private static String chat(String fields) {
        return "{\"model\":\"m\"," + MESSAGES + (fields.isEmpty() ? "" : ",") + fields + "}";
    }

    @Test
    void findsTheSameWhereverTheBodyIsCut() {
        String body = "{ \"messages\": [{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"{\\\"model\\\":\\\"x\\\"}\"}]}],"
                + "\"mod\\u0065l\" : \"openai/gpt\\u002d4o\", \"stream\":true,\"stream_options\": {\"a\":[1],\"include_usage\":false},"
                + "\"max_tokens\": 7,\"max_completion_tokens\":9 ,\"user\":\"J\\u00f6rg\",\"temperature\":1.5,\"n\":2,"
                + "\"logit_bias\":{\"50256\":-100},\"tools\":[{\"model\":\"nested\"}]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        for (int split = 0; split <= bytes.length; split++) {
            GatewayError error = scan(
                    Operation.CHAT_COMPLETIONS, body.substring(0, split), body.substring(split));

            RequestOutline outline = scanner.outline();
            assertThat(error).as("cut at %d", split).isNull();
            assertThat(outline.model()).isEqualTo("openai/gpt-4o");
            assertThat(body.substring(outline.modelStart(), outline.modelEnd())).isEqualTo("\"openai/gpt\\u002d4o\"");
            assertThat(outline.stream()).isTrue();
            assertThat(outline.includeUsage()).isFalse();
            assertThat(body.substring(outline.includeUsageStart, outline.includeUsageEnd)).isEqualTo("false");
            assertThat(outline.maxTokens()).isEqualTo(9);
            assertThat(outline.user()).isEqualTo("Jörg");
            assertThat(outline.hasField("temperature")).isTrue();
            assertThat(outline.hasField("top_p")).isFalse();
            assertThat(outline.hasField("model")).isTrue();
            assertThat(outline.bodyBytes()).isEqualTo(bytes.length);
        }
    }

    @Test
    void readsABodyOfSeveralComponents() {
        scanner.begin(Operation.CHAT_COMPLETIONS, null);
        feed(buffers.composite("{\"model\":\"gp", "t-4\",", MESSAGES, "}"));

        assertThat(scanner.end()).isNull();
        assertThat(scanner.outline().model()).isEqualTo("gpt-4");
    }

    @Test
    void forgetsTheRequestBefore() {
        scan(Operation.CHAT_COMPLETIONS, chat("\"stream\":true,\"user\":\"u\",\"max_tokens\":1,\"stream_options\":{\"include_usage\":true}"));

        assertThat(scan(Operation.EMBEDDINGS, "{\"model\":\"e\",\"input\":\"x\"}")).isNull();
        assertThat(scanner.outline().stream()).isFalse();
        assertThat(scanner.outline().includeUsage()).isFalse();
        assertThat(scanner.outline().user()).isNull();
        assertThat(scanner.outline().maxTokens()).isEqualTo(-1);
        assertThat(scanner.outline().hasField("stream")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"","messages":[]}                               | model            | model is "" (expected: the name of a model)
            {"model":7}                                              | model            | model is a number (expected: a string)
            {"model":null}                                           | model            | model is null (expected: a string)
            {"model":["m"]}                                          | model            | model is an array (expected: a string)
            {"model":"a b"}                                          | model            | model "a b" has a character that no model name has (expected: letters, digits, -_./:@+,)
            {"model":"ü"}                                            | model            | model "ü" has a character that no model name has (expected: letters, digits, -_./:@+,)
            {"model":"a","model":"b"}                                | model            | model is given twice (expected: once)
            {"model":"a","mod\\u0065l":"b"}                          | model            | model is given twice (expected: once)
            {"messages":[{"role":"user","content":""}]}              | model            | model is required (expected: the name of a model)
            {"model":"m"}                                            | messages         | messages is missing (expected: a non-empty array of messages)
            {"model":"m","messages":[]}                              | messages         | messages is an empty array (expected: a non-empty array of messages)
            {"model":"m","messages":null}                            | messages         | messages is null (expected: a non-empty array of messages)
            {"model":"m","messages":"hi"}                            | messages         | messages is a string (expected: a non-empty array of messages)
            {"model":"m","messages":{}}                              | messages         | messages is an object (expected: a non-empty array of messages)
            {"model":"m","messages":["hi"]}                          | messages[0]      | messages[0] is a string (expected: an object)
            {"model":"m","messages":[[]]}                            | messages[0]      | messages[0] is an array (expected: an object)
            {"model":"m","messages":[{"role":"user","content":1},{}]}| messages[1].role | messages[1].role is missing (expected: a string)
            {"model":"m","messages":[{"role":1,"content":"x"}]}      | messages[0].role | messages[0].role is a number (expected: a string)
            {"model":"m","messages":[{"role":["x"],"content":"x"}]}  | messages[0].role | messages[0].role is an array (expected: a string)
            {"model":"m","messages":[{"content":"x"}]}               | messages[0].role | messages[0].role is missing (expected: a string)
            {"model":"m","messages":[{"role":"user"}]}               | messages[0].content | messages[0].content is missing (expected: content, or tool_calls of an assistant)
            {"model":"m","temperature":2.5}                          | temperature      | temperature is 2.5 (expected: a number from 0 to 2)
            {"model":"m","temperature":-1}                           | temperature      | temperature is -1 (expected: a number from 0 to 2)
            {"model":"m","temperature":"hot"}                        | temperature      | temperature is a string (expected: a number from 0 to 2)
            {"model":"m","max_tokens":0}                             | max_tokens       | max_tokens is 0 (expected: an integer of at least 1)
            {"model":"m","max_tokens":1.5}                           | max_tokens       | max_tokens is 1.5 (expected: an integer of at least 1)
            {"model":"m","max_completion_tokens":-3}                 | max_completion_tokens | max_completion_tokens is -3 (expected: an integer of at least 1)
            {"model":"m","n":0}                                      | n                | n is 0 (expected: an integer of at least 1)
            {"model":"m","n":[1]}                                    | n                | n is an array (expected: an integer of at least 1)
            {"model":"m","logit_bias":{"5":101}}                     | logit_bias.5     | logit_bias.5 is 101 (expected: a number from -100 to 100)
            {"model":"m","logit_bias":{"5":"x"}}                     | logit_bias.5     | logit_bias.5 is a string (expected: a number from -100 to 100)
            {"model":"m","stream":"yes"}                             | stream           | stream is a string (expected: true or false)
            {"model":"m","stream":1}                                 | stream           | stream is a number (expected: true or false)
            {"model":"m","stream_options":true}                      | stream_options   | stream_options is true (expected: an object)
            """)
    void refusesAFieldByItsPath(String body, String param, String message) {
        GatewayError error = scan(Operation.CHAT_COMPLETIONS, body);

        assertThat(error).isEqualTo(GatewayError.of(ErrorCode.INVALID_REQUEST, message, param));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"temperature\":0", "\"temperature\":2.0", "\"temperature\":null", "\"max_tokens\":null", "\"stream\":null",
                "\"stream_options\":null", "\"n\":1", "\"logit_bias\":{}", "\"logit_bias\":null", "\"user\":null", "\"user\":3"
            })
    void acceptsWhatProvidersAccept(String field) {
        assertThat(scan(Operation.CHAT_COMPLETIONS, chat(field))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"1\",\"role\":7}]}",
                "{\"role\":\"assistant\",\"tool_calls\":[]}",
                "{\"role\":\"assistant\",\"function_call\":{}}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"role\":\"user\"}"
            })
    void acceptsAMessageThatSaysSomethingAnyhow(String message) {
        String body = "{\"model\":\"m\",\"messages\":[" + message + "," + message + "]}";

        assertThat(scan(Operation.CHAT_COMPLETIONS, body)).isNull();
    }

    @Test
    void leavesFieldsToTheProviderWhenValidationIsOff() {
        RequestScanner lenient = new RequestScanner(new ScanLimits(64, 256, 8192, false), new ByteBlock());
        lenient.begin(Operation.CHAT_COMPLETIONS, null);
        ByteBuf body = buffers.of("{\"model\":\"m\",\"messages\":[1],\"temperature\":9,\"max_tokens\":\"x\",\"n\":{}}");

        lenient.feed(body);

        assertThat(lenient.end()).isNull();
        assertThat(lenient.outline().maxTokens()).isEqualTo(-1);
        body.release();
    }

    @ParameterizedTest
    @CsvSource({"IMAGES_GENERATIONS", "MODERATIONS", "IMAGES_EDITS"})
    void letsSomeOperationsGoWithoutAModel(Operation operation) {
        assertThat(scan(operation, "{\"prompt\":\"x\"}")).isNull();
        assertThat(scanner.outline().model()).isNull();
        assertThat(scanner.outline().modelStart()).isEqualTo(-1);
    }

    @Test
    void asksForMessagesInChatOnly() {
        assertThat(scan(Operation.RESPONSES, "{\"model\":\"m\",\"input\":\"x\",\"messages\":7}")).isNull();
        assertThat(scan(Operation.COMPLETIONS, "{\"model\":\"m\",\"prompt\":\"x\"}")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``             | the body is empty (expected: a JSON object)
            {"model":"m"   | the body is cut off after 12 bytes (expected: a JSON object)
            [1]            | the body is not valid JSON at byte 0: expected a JSON object, beginning with '{'
            {"model" "m"}  | the body is not valid JSON at byte 9: expected ':' after a key
            {"model":"m"}x | the body is not valid JSON at byte 13: nothing but white space is expected after the closing brace
            """)
    void saysWhereTheJsonIsWrong(String body, String message) {
        assertThat(scan(Operation.EMBEDDINGS, body)).isEqualTo(GatewayError.of(ErrorCode.INVALID_REQUEST, message));
    }

    @Test
    void acceptsAModelNameUpToTheLimit() {
        assertThat(scan(Operation.EMBEDDINGS, "{\"model\":\"" + "m".repeat(256) + "\"}")).isNull();
        assertThat(scan(Operation.EMBEDDINGS, "{\"model\":\"" + "m".repeat(257) + "\"}"))
                .isEqualTo(ModelName.refuse("model is longer than 256 characters"));
    }

    @Test
    void reusesTheNameOfTheModelAskedForBefore() {
        scan(Operation.EMBEDDINGS, "{\"model\":\"same\"}");
        String first = scanner.outline().model();
        scan(Operation.EMBEDDINGS, "{\"model\":\"same\"}");

        assertThat(scanner.outline().model()).isSameAs(first);
    }
}
