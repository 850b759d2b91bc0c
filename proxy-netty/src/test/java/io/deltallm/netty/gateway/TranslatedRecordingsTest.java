package io.deltallm.netty.gateway;

import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientReply;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.dialect.EventDigest;
import io.deltallm.codec.dialect.RecordedChats;
import io.deltallm.codec.dialect.ReplyReader;
import io.deltallm.codec.dialect.UpstreamDialect;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.netty.testing.GatewayFixture;
import io.deltallm.netty.testing.LeakGuard;
import io.deltallm.netty.testing.RawResponse;
import io.deltallm.netty.testing.Script;
import io.deltallm.netty.testing.ScriptedUpstream;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What providers of every format sent, through the gateway to clients of every format: where both are the same the bytes
/// are, elsewhere what is said is the same, and the official clients accept it.
@ExtendWith(LeakGuard.class)
final class TranslatedRecordingsTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final List<Operation> CLIENTS =
            List.of(Operation.CHAT_COMPLETIONS, Operation.MESSAGES, Operation.RESPONSES, Operation.GENERATE_CONTENT);

    private static ScriptedUpstream upstream;
    private static GatewayFixture gateway;

    static Stream<Arguments> told() {
        return RecordedChats.all().stream().flatMap(recording -> CLIENTS.stream().map(client -> Arguments.of(recording, client)));
    }

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start().withoutHistory();
        String root = "http://127.0.0.1:" + upstream.port();
        GatewayFixture.Plan plan = GatewayFixture.inFrontOf(upstream).withoutModels();
        plan.model(name(Operation.CHAT_COMPLETIONS), "openai/m", root + "/v1")
                .info("supported_endpoints", List.of("/v1/chat/completions"));
        plan.model(name(Operation.RESPONSES), "openai/m", root + "/v1")
                .info("supported_endpoints", List.of("/v1/responses"));
        plan.model(name(Operation.MESSAGES), "anthropic/claude-sonnet-4-5", root);
        plan.model(name(Operation.GENERATE_CONTENT), "gemini/gemini-2.5-flash", root + "/v1beta");
        plan.model(name(Operation.VERTEX_MESSAGES), "vertex_ai/claude-sonnet-4-5", root)
                .parameter("vertex_project", "p")
                .parameter("vertex_location", "us-east5");
        plan.model(name(Operation.CONVERSE), "bedrock/converse/anthropic.claude-sonnet-4-5-20250929-v1:0", root)
                .parameter("aws_region_name", "us-east-1");
        plan.model(name(Operation.BEDROCK_MESSAGES), "bedrock/invoke/anthropic.claude-sonnet-4-5-20250929-v1:0", root)
                .parameter("aws_region_name", "us-east-1");
        plan.model(name(Operation.INVOKE_TITAN_TEXT), "bedrock/amazon.titan-text-express-v1", root)
                .parameter("aws_region_name", "us-east-1");
        plan.model(name(Operation.INVOKE_LLAMA), "bedrock/invoke/meta.llama3-8b-instruct-v1:0", root)
                .parameter("aws_region_name", "us-east-1");
        plan.model(name(Operation.COHERE_CHAT), "cohere_chat/command-r", root);
        plan.model(name(Operation.COHERE_CHAT_V1), "cohere/command-r", root + "/v1");
        plan.model(name(Operation.OLLAMA_CHAT), "ollama_chat/llama3", root);
        plan.model(name(Operation.TGI_GENERATE), "huggingface_tgi/tgi", root);
        plan.model(name(Operation.REPLICATE_PREDICTION), "replicate/meta/llama-2-70b-chat", root);
        plan.model(name(Operation.WATSONX_CHAT), "watsonx/ibm/granite-13b-chat-v2", root)
                .parameter("project_id", "p")
                .parameter("token", "t");
        gateway = plan.start();
    }

    private static String name(Operation format) {
        return "on-" + format.ordinal();
    }

    @AfterAll
    static void stop() {
        try {
            gateway.assertNothingLeft();
        } finally {
            gateway.close();
            upstream.close();
        }
    }

    @BeforeEach
    void forgetWhatAFailedTestLeft() {
        upstream.forget();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("told")
    void arrives(Recording recording, Operation client) {
        Operation format = Objects.requireNonNull(RecordedChats.format(recording));
        script(recording, format);

        RawResponse response = ask(client, name(format), recording.stream());

        if (client == format) {
            assertThat(response.status()).isEqualTo(recording.status());
            assertThat(response.body()).isEqualTo(recording.bytes());
            return;
        }
        EventDigest events = events(recording, format);
        if (recording.status() >= 400) {
            assertThat(response.status()).as(response.text()).isBetween(400, 599);
            assertThat(response.text()).contains("\"error\"");
        } else if (events.failure() != null) {
            assertThat(response.status() >= 400 || !response.whole()).as(response.text()).isTrue();
        } else {
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            assertThat(response.header("Content-Type"))
                    .startsWith(recording.stream() ? "text/event-stream" : "application/json");
            assertThat(response.whole()).isTrue();
            assertThat(ClientReply.digest(client, recording.stream(), response.text())).isEqualTo(events.digest());
        }
    }

    private static RawResponse ask(Operation client, String model, boolean stream) {
        try (var connection = gateway.connect()) {
            return connection.post(path(client, model, stream), GatewayFixture.MASTER_KEY, body(client, model, stream)).read();
        }
    }

    private static String path(Operation client, String model, boolean stream) {
        return switch (client) {
            case GENERATE_CONTENT -> "/v1beta/models/" + model
                    + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
            default -> "/v1" + client.path();
        };
    }

    private static String body(Operation client, String model, boolean stream) {
        String head = "{\"model\":\"" + model + "\",\"stream\":" + stream;
        return switch (client) {
            case CHAT_COMPLETIONS -> head + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                    + (stream ? ",\"stream_options\":{\"include_usage\":true}}" : "}");
            case MESSAGES -> head + ",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            case RESPONSES -> head + ",\"input\":\"hi\"}";
            default -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        };
    }

    /// Replicate tells first where the events are, and afterwards what was used: here nothing.
    private static void script(Recording recording, Operation format) {
        if (format != Operation.REPLICATE_PREDICTION) {
            upstream.next(script(recording));
            return;
        }
        String root = "http://127.0.0.1:" + upstream.port();
        upstream.next(Script.json(
                        201,
                        "{\"id\":\"p1\",\"status\":\"starting\",\"urls\":{\"get\":\"" + root
                                + "/v1/predictions/p1\",\"stream\":\"" + root + "/v1/streams/s1\"}}"))
                .next(script(recording))
                .next(Script.json(200, "{\"id\":\"p1\",\"status\":\"succeeded\"}"));
    }

    private static Script script(Recording recording) {
        Script.Reply reply = Script.reply(recording.status());
        String type = recording.header("content-type");
        reply.header("Content-Type", type == null ? "text/event-stream" : type);
        if (recording.stream()) {
            reply.chunked();
        }
        byte[] body = recording.bytes();
        int[] sizes = recording.pieces(body.length).stream().mapToInt(Integer::intValue).toArray();
        return reply.pieces(body, sizes).end();
    }

    private static EventDigest events(Recording recording, Operation format) {
        EventDigest digest = new EventDigest();
        if (recording.status() < 400) {
            UpstreamDialect dialect = Objects.requireNonNull(DIALECTS.upstream(format));
            ReplyReader reader = dialect.replyReader(recording.stream());
            FrameCutter cutter = recording.stream() ? dialect.streamCutter() : new BodyCutter();
            cutter.feed(Unpooled.wrappedBuffer(recording.bytes()), frame -> reader.read(frame, digest));
            cutter.end(frame -> reader.read(frame, digest));
            reader.end(digest);
        }
        return digest;
    }
}
