package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.Media;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.Asked;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ReplyTranslation;
import io.deltallm.codec.dialect.TranslatedCall;
import io.deltallm.codec.dialect.Translation;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.error.GatewayError;
import io.deltallm.codec.frame.AwsChunkCutter;
import io.deltallm.codec.frame.AwsMessages;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What becomes of the replies of Claude on Vertex and on Bedrock on their way to a client of Anthropic's.
class HostedMessagesTest {
    private static final String START = "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude\","
            + "\"new\":[1.0],\"usage\":{\"input_tokens\":7,\"cache_read_input_tokens\":3,\"output_tokens\":1}}}";
    private static final String BLOCK =
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}";
    private static final String DELTA =
            "{ \"index\":0, \"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"\\u00fcber ✓\"}   }";
    private static final String CITATION = "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":"
            + "\"citations_delta\",\"citation\":{\"type\":\"char_location\",\"cited_text\":\"a\",\"new\":null}}}";
    private static final String TOMORROW = "{\"type\":\"content_block_weather\",\"index\":\"first\",\"delta\":7}";
    private static final String END = "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"usage\":{\"output_tokens\":5}}";
    private static final String STOP = "{\"type\":\"message_stop\"}";
    private static final String METRICS =
            "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":7,\"outputTokenCount\":6,\"invocationLatency\":9}";

    private static ReplyTranslation reply(Messages dialect, boolean stream, int status, String contentType) {
        Translation hub = new Translation() {
            @Override
            public Operation to() {
                return Operation.VERTEX_MESSAGES;
            }

            @Override
            public TranslatedCall begin(Asked asked, UpstreamCall upstream) {
                throw new AssertionError("not by the hub");
            }
        };
        return new HostedMessages(dialect, Operation.VERTEX_MESSAGES, hub)
                .begin(
                        new Asked(
                                RawJson.ofLiteral("{\"model\":\"m\",\"max_tokens\":9,\"stream\":" + stream + "}"),
                                PathCall.NONE,
                                new ClientCall("0123456789abcdef", "m", stream, false, 1_700_000_000L),
                                Map.of(),
                                Map.of()),
                        new UpstreamCall("claude-sonnet-4-5", "p", Set.of(), 4096, _ -> {}))
                .reply(status, name -> name.equals("content-type") ? contentType : null);
    }

    private static ReplyTranslation vertexStream() {
        return reply(Messages.vertex(), true, 200, "text/event-stream; charset=utf-8");
    }

    private static ReplyTranslation bedrockStream() {
        return reply(Messages.bedrock(AwsChunkCutter::new), true, 200, "application/vnd.amazon.eventstream");
    }

    /// Fed in two pieces, parted at `cut`.
    private static ReplyTranslation fed(ReplyTranslation reply, byte[] bytes, int cut) {
        reply.feed(Unpooled.wrappedBuffer(bytes, 0, cut));
        reply.feed(Unpooled.wrappedBuffer(bytes, cut, bytes.length - cut));
        return reply;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static byte[] chunks(String... events) {
        byte[][] chunks = new byte[events.length][];
        for (int i = 0; i < events.length; i++) {
            chunks[i] = AwsMessages.chunk(events[i]);
        }
        return AwsMessages.concat(chunks);
    }

    private static GatewayError failure(ReplyTranslation reply) {
        return Objects.requireNonNull(reply.failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void passesTheStreamOfVertexByteByByte(String line) {
        String stream = (": hello\n\n" + event("message_start", START) + "event: ping\ndata: {\"type\": \"ping\"}\n\n"
                        + event("content_block_start", BLOCK) + "id: 7\n" + event("content_block_delta", DELTA)
                        + event("content_block_delta", CITATION) + event("content_block_weather", TOMORROW)
                        + "data:" + END + "\n\n\n" + event("message_stop", STOP))
                .replace("\n", line);
        byte[] bytes = utf8(stream);

        for (int cut = 0; cut <= bytes.length; cut++) {
            ReplyTranslation reply = fed(vertexStream(), bytes, cut);
            reply.end();

            assertThat(reply.failure()).as("cut at %d", cut).isNull();
            assertThat(reply.output().toString()).as("cut at %d", cut).isEqualTo(stream);
            assertThat(reply.pieces()).isEqualTo(1);
            assertThat(Objects.requireNonNull(reply.usage()).promptTokens()).isEqualTo(10);
            assertThat(Objects.requireNonNull(reply.usage()).completionTokens()).isEqualTo(5);
        }
    }

    @Test
    void givesTheEventsInBedrocksChunksTheirNames() {
        byte[] bytes = AwsMessages.concat(
                chunks(START, BLOCK, DELTA, CITATION, TOMORROW, END),
                AwsMessages.event("of-aws-itself", "{\"type\":\"x\"}"),
                chunks("{\"type\":\"message_stop\" , " + METRICS + "}"));
        String told = event("message_start", START) + event("content_block_start", BLOCK)
                + event("content_block_delta", DELTA) + event("content_block_delta", CITATION)
                + event("content_block_weather", TOMORROW) + event("message_delta", END) + event("message_stop", STOP);

        for (int cut = 0; cut <= bytes.length; cut++) {
            ReplyTranslation reply = fed(bedrockStream(), bytes, cut);
            reply.end();

            assertThat(reply.failure()).as("cut at %d", cut).isNull();
            assertThat(reply.output().toString()).as("cut at %d", cut).isEqualTo(told);
            assertThat(reply.pieces()).isEqualTo(1);
            assertThat(Objects.requireNonNull(reply.usage()).completionTokens()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{+,'type':'message_stop'}           | {'type':'message_stop'}",
                "{'type':'message_stop',+,'new':1}   | {'type':'message_stop','new':1}",
                "{ 'type' : 'message_stop' , + }     | { 'type' : 'message_stop' }",
            })
    void leavesOutWhatBedrockCounted(String data, String told) {
        ReplyTranslation reply = bedrockStream();
        reply.feed(Unpooled.wrappedBuffer(chunks(data.replace('\'', '"').replace("+", METRICS))));

        assertThat(reply.output().toString()).isEqualTo(event("message_stop", told.replace('\'', '"')));
    }

    @Test
    void breaksNoLineWithinAnEvent() {
        ReplyTranslation reply = bedrockStream();
        reply.feed(Unpooled.wrappedBuffer(chunks("{\n\"type\":\"message_stop\"\r\n}")));

        assertThat(reply.output().toString()).isEqualTo("event: message_stop\ndata: { \"type\":\"message_stop\"  }\n\n");
    }

    @Test
    void tellsAStreamThatEndsEarlyWhereverItDoes() {
        byte[] bytes = utf8(event("message_start", START) + event("message_delta", END) + event("message_stop", STOP));

        for (int length = 0; length < bytes.length - 2; length++) {
            ReplyTranslation reply = vertexStream();
            reply.feed(Unpooled.wrappedBuffer(bytes, 0, length));
            reply.end();

            assertThat(failure(reply).code()).as("after %d", length).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
            // Whole events only: behind half a line the error would be no event.
            assertThat(reply.output().toString()).as("after %d", length).matches("(?s)(event: .*\n\n)?")
                    .doesNotContain("message_stop");
        }
    }

    @Test
    void takesALastEventWithoutItsBlankLine() {
        String stream = event("message_start", START) + event("message_stop", STOP);
        for (int missing = 1; missing <= 2; missing++) {
            ReplyTranslation reply = vertexStream();
            reply.feed(Unpooled.wrappedBuffer(utf8(stream), 0, stream.length() - missing));
            reply.end();

            assertThat(reply.failure()).isNull();
            assertThat(reply.output().toString()).isEqualTo(stream);
        }
    }

    @Test
    void tellsAStreamOfBedrocksThatEndsEarly() {
        byte[] bytes = chunks(START, END);
        for (int length = 0; length <= bytes.length; length++) {
            ReplyTranslation reply = bedrockStream();
            reply.feed(Unpooled.wrappedBuffer(bytes, 0, length));
            reply.end();

            assertThat(failure(reply).code()).as("after %d", length).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
            assertThat(reply.output().toString()).doesNotContain("message_stop");
        }
    }

    @Test
    void turnsAnErrorWithinTheStreamIntoTheFailure() {
        String error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
        byte[] bytes = utf8(event("message_start", START) + event("error", error) + event("message_stop", STOP));

        for (int cut = 0; cut <= bytes.length; cut++) {
            ReplyTranslation reply = fed(vertexStream(), bytes, cut);
            reply.end();

            assertThat(failure(reply).code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
            assertThat(reply.output().toString()).isEqualTo(event("message_start", START));
        }
    }

    @Test
    void turnsAnExceptionOfAwsIntoTheFailure() {
        ReplyTranslation reply = bedrockStream();
        reply.feed(Unpooled.wrappedBuffer(AwsMessages.concat(
                AwsMessages.exception("throttlingException", "{\"message\":\"Slow down, sk-abcdefghijkl\"}"), chunks(STOP))));
        reply.end();

        assertThat(failure(reply).code()).isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
        assertThat(failure(reply).message()).isEqualTo("Slow down, ***");
        assertThat(reply.output().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"message_start\"", "no JSON", "{\"type\":\"a\\x\"}", "[1,2", "7"})
    void passesNothingOnThatIsNoEvent(String data) {
        ReplyTranslation vertex = vertexStream();
        vertex.feed(Unpooled.wrappedBuffer(utf8(event("message_start", data))));
        ReplyTranslation bedrock = bedrockStream();
        bedrock.feed(Unpooled.wrappedBuffer(chunks(data)));

        assertThat(failure(vertex).code()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
        assertThat(failure(bedrock).code()).isEqualTo(ErrorCode.UPSTREAM_PROTOCOL);
        assertThat(vertex.output().isEmpty()).isTrue();
        assertThat(bedrock.output().isEmpty()).isTrue();
    }

    @Test
    void passesAPlainReplyByteByByte() {
        String body = "{ \"id\":\"msg_vrtx_1\",\"model\":\"claude-x\",\n \"content\":[{\"type\":\"text\",\"text\":\"\\u00fc\","
                + "\"citations\":[{\"new\":1}]}, {\"type\":\"unheard\"}],\"stop_reason\":\"tomorrow\","
                + "\"usage\":{\"input_tokens\":7,\"output_tokens\":5,\"new\":{}},\"z\":1.0 }\n";
        byte[] bytes = utf8(body);
        for (Messages dialect : new Messages[] {Messages.vertex(), Messages.bedrock(AwsChunkCutter::new)}) {
            for (int cut = 0; cut <= bytes.length; cut++) {
                ReplyTranslation reply = fed(reply(dialect, false, 200, "application/json"), bytes, cut);
                reply.end();

                assertThat(reply.failure()).isNull();
                assertThat(reply.streamed()).isFalse();
                assertThat(reply.output().toString()).isEqualTo(body);
                assertThat(Objects.requireNonNull(reply.usage()).totalTokens()).isEqualTo(12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'error':{'type':'overloaded_error','message':'no'}} | PROVIDER_OVERLOADED",
                "{'type':'message'}                                   | UPSTREAM_PROTOCOL",
                "{'content':[                                         | UPSTREAM_PROTOCOL",
                "oops                                                 | UPSTREAM_PROTOCOL",
            })
    void passesNoReplyOnThatIsNoMessage(String body, ErrorCode expected) {
        ReplyTranslation reply = reply(Messages.vertex(), false, 200, "application/json");
        reply.feed(Unpooled.wrappedBuffer(utf8(body.replace('\'', '"'))));
        reply.end();

        assertThat(failure(reply).code()).isEqualTo(expected);
        assertThat(reply.output().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "429 | [{'error':{'code':429,'message':'Quota exceeded','status':'RESOURCE_EXHAUSTED'}}] | PROVIDER_RATE_LIMITED",
                "403 | {'error':{'code':403,'message':'denied','status':'PERMISSION_DENIED'}}            | PROVIDER_FORBIDDEN",
                "400 | {'message':'The provided model identifier is invalid.'}                          | PROVIDER_MODEL_NOT_FOUND",
                "400 | {'type':'error','error':{'type':'invalid_request_error','message':'prompt is too long'}} | CONTEXT_LENGTH_EXCEEDED",
                "503 | <html>                                                                           | PROVIDER_OVERLOADED",
            })
    void readsErrorsAsTheHubDoes(int status, String body, ErrorCode expected) {
        for (boolean stream : new boolean[] {true, false}) {
            ReplyTranslation reply = reply(Messages.vertex(), stream, status, "application/json");
            reply.feed(Unpooled.wrappedBuffer(utf8(body.replace('\'', '"'))));
            reply.end();

            assertThat(failure(reply).code()).isEqualTo(expected);
            assertThat(reply.output().isEmpty()).isTrue();
        }
    }

    @Test
    void makesAStreamOfAWholeReply() {
        ReplyTranslation reply = reply(Messages.vertex(), true, 200, "application/json");
        reply.feed(Unpooled.wrappedBuffer(utf8("{\"id\":\"msg_1\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],"
                + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}")));
        reply.end();

        assertThat(reply.streamed()).isTrue();
        assertThat(reply.output().toString()).startsWith("event: message_start").endsWith(event("message_stop", STOP));
    }
}
