package io.deltallm.codec.dialect;

import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Each recorded chat of every provider, told to a client of each dialect: the official client accepts it, and it says the
/// same: text, thoughts, tool calls, why it ended, what it used. However the bytes are cut.
class TranslationMatrixTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final List<Operation> CLIENTS =
            List.of(Operation.CHAT_COMPLETIONS, Operation.MESSAGES, Operation.RESPONSES, Operation.GENERATE_CONTENT);

    static Stream<Arguments> told() {
        return RecordedChats.all().stream().flatMap(recording -> CLIENTS.stream()
                .filter(client -> client != RecordedChats.format(recording))
                .map(client -> Arguments.of(recording, client)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("told")
    void saysTheSameInEveryDialect(Recording recording, Operation client) {
        byte[] body = recording.bytes();
        EventDigest events = events(recording, body);

        ReplyTranslation whole = translate(recording, client, body, List.of(body.length));

        if (recording.status() >= 400 || events.failure() != null) {
            assertThat(whole.failure()).as("%s to %s", recording, client).isNotNull();
            return;
        }
        assertThat(whole.failure()).as("%s to %s", recording, client).isNull();
        ChatDigest digest = ClientReply.digest(client, whole.streamed(), whole.output().toString());
        assertThat(digest).as("%s to %s", recording, client).isEqualTo(events.digest());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("told")
    void writesTheSameHoweverTheBytesAreCut(Recording recording, Operation client) {
        byte[] body = recording.bytes();
        String whole = translate(recording, client, body, List.of(body.length)).output().toString();

        assertThat(translate(recording, client, body, recording.pieces(body.length)).output().toString()).isEqualTo(whole);
        if (body.length < 40_000) {
            List<Integer> single = new ArrayList<>();
            for (int i = 0; i < body.length; i++) {
                single.add(1);
            }
            assertThat(translate(recording, client, body, single).output().toString()).isEqualTo(whole);
        }
    }

    private static EventDigest events(Recording recording, byte[] body) {
        EventDigest digest = new EventDigest();
        if (recording.status() >= 400) {
            return digest;
        }
        UpstreamDialect upstream = upstream(recording);
        ReplyReader reader = upstream.replyReader(recording.stream());
        FrameCutter cutter = recording.stream() ? upstream.streamCutter() : new BodyCutter();
        try {
            cutter.feed(Unpooled.wrappedBuffer(body), frame -> reader.read(frame, digest));
            cutter.end(frame -> reader.read(frame, digest));
            reader.end(digest);
        } catch (JsonProblem problem) {
            throw new AssertionError(problem.path() + " " + problem.problem(), problem);
        }
        return digest;
    }

    private static UpstreamDialect upstream(Recording recording) {
        return Objects.requireNonNull(DIALECTS.upstream(Objects.requireNonNull(RecordedChats.format(recording))));
    }

    private static ReplyTranslation translate(Recording recording, Operation client, byte[] body, List<Integer> pieces) {
        boolean stream = recording.stream();
        Operation format = Objects.requireNonNull(RecordedChats.format(recording));
        Translation translation = Objects.requireNonNull(DIALECTS.between(client, format));
        TranslatedCall call = translation.begin(
                new Asked(
                        RawJson.ofLiteral(ask(client, stream)),
                        client == Operation.GENERATE_CONTENT ? new PathCall("m", stream) : PathCall.NONE,
                        new ClientCall("0123456789abcdef", "m", stream, true, 1_700_000_000L),
                        format == Operation.WATSONX_CHAT ? Map.of("project_id", "\"p\"") : Map.of(),
                        Map.of()),
                new UpstreamCall("m", recording.provider(), Set.of(), 4096, _ -> {}));
        ReplyTranslation reply = call.reply(recording.status(), name -> recording.header(name));
        int at = 0;
        for (int size : pieces) {
            ByteBuf piece = Unpooled.wrappedBuffer(body, at, size);
            reply.feed(piece);
            at += size;
        }
        reply.end();
        return reply;
    }

    private static String ask(Operation client, boolean stream) {
        return switch (client) {
            case CHAT_COMPLETIONS -> "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":" + stream
                    + (stream ? ",\"stream_options\":{\"include_usage\":true}}" : "}");
            case MESSAGES -> "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":"
                    + stream + "}";
            case RESPONSES -> "{\"model\":\"m\",\"input\":\"hi\",\"stream\":" + stream + "}";
            default -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
        };
    }
}
