package io.deltallm.codec.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.frame.BodyCutter;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.frame.FrameCutter;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import io.deltallm.codec.json.JsonProblem;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/// Recorded traffic with values that nobody expects, from every format to every other: whatever comes in, what goes out is
/// refused, or told as a failure, or sound: JSON to its last byte, and in a stream each event a line.
class NonsenseTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
    private static final Dialects DIALECTS = new Dialects();
    private static final List<Operation> CLIENTS =
            List.of(Operation.CHAT_COMPLETIONS, Operation.MESSAGES, Operation.RESPONSES, Operation.GENERATE_CONTENT);
    private static final int ROUNDS = 20;
    private static final int LARGEST = 30_000;

    private final OddValues odd = new OddValues();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(byte[] data, String event) {}

    static Stream<Recording> chats() {
        return RecordedChats.all().stream()
                .filter(recording -> recording.status() < 400 && recording.bytes().length < LARGEST);
    }

    @ParameterizedTest
    @MethodSource("chats")
    void tellsAnOddReplyInSoundWordsOrNotAtAll(Recording recording) {
        List<Piece> pieces = pieces(recording);
        for (int i = 0; i < ROUNDS; i++) {
            List<Piece> damaged = new ArrayList<>(pieces);
            for (int n = 0; n < 1 + i % 3; n++) {
                int at = Math.floorMod(i * 31 + n * 7, damaged.size());
                damaged.set(at, new Piece(odd.in(damaged.get(at).data()), damaged.get(at).event()));
            }
            for (Operation client : CLIENTS) {
                tell(recording, damaged, client);
            }
        }
    }

    private static List<Piece> pieces(Recording recording) {
        List<Piece> pieces = new ArrayList<>();
        FrameCutter cutter = recording.stream() ? upstream(recording).streamCutter() : new BodyCutter();
        FrameCutter.FrameSink keep = frame ->
                pieces.add(new Piece(Arrays.copyOfRange(frame.bytes(), frame.start(), frame.end()), frame.event()));
        cutter.feed(Unpooled.wrappedBuffer(recording.bytes()), keep);
        cutter.end(keep);
        return pieces;
    }

    private static UpstreamDialect upstream(Recording recording) {
        return Objects.requireNonNull(DIALECTS.upstream(Objects.requireNonNull(RecordedChats.format(recording))));
    }

    private static void tell(Recording recording, List<Piece> pieces, Operation asked) {
        ClientDialect client = Objects.requireNonNull(DIALECTS.client(asked));
        ClientCall call = new ClientCall("0123456789abcdef", "m", recording.stream(), true, 1_700_000_000L);
        ReplyReader reader = upstream(recording).replyReader(recording.stream());
        ReplyWriter writer = client.replyWriter(call, asked(client, asked));
        JsonOutput out = new JsonOutput();
        boolean[] failed = new boolean[1];
        try {
            for (Piece piece : pieces) {
                reader.read(frame(piece), event -> write(event, writer, out, failed));
            }
            reader.end(event -> write(event, writer, out, failed));
            if (!failed[0]) {
                writer.end(out);
                checked(out, recording.stream());
            }
        } catch (JsonProblem | Refused _) {
            // Told as what it is.
        } catch (RuntimeException | AssertionError e) {
            fail(recording + " to " + asked + ": " + shown(pieces), e);
        }
    }

    private static ChatRequest asked(ClientDialect client, Operation asked) {
        String body = switch (asked) {
            case MESSAGES -> "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            case RESPONSES -> "{\"model\":\"m\",\"input\":\"hi\",\"tools\":[\n{\"type\":\"function\",\n\"name\":\"f\"}]}";
            case GENERATE_CONTENT -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
            default -> "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        };
        return client.readRequest(
                new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8)), new PathCall("m", true));
    }

    private static Frame frame(Piece piece) {
        return new Frame().set(piece.data(), 0, piece.data().length, piece.event());
    }

    private static void write(ChatEvent event, ReplyWriter writer, JsonOutput out, boolean[] failed) {
        failed[0] |= event instanceof ChatEvent.Failed;
        if (!failed[0]) {
            writer.write(event, out);
        }
    }

    private static String shown(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.event()).append(' ').append(new String(piece.data(), StandardCharsets.UTF_8)).append('\n'));
        return text.toString();
    }

    private static void checked(JsonOutput out, boolean stream) {
        String text = out.toString();
        if (!stream) {
            sound(text);
            return;
        }
        for (String line : text.split("\r?\n", -1)) {
            if (line.startsWith("data: ")) {
                if (!line.equals("data: [DONE]")) {
                    sound(line.substring(6));
                }
            } else {
                assertThat(line.isEmpty() || line.startsWith("event: ")).as("a line of events: " + line).isTrue();
            }
        }
    }

    private static void sound(String json) {
        try {
            JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = {"CHAT_COMPLETIONS", "MESSAGES", "RESPONSES", "GENERATE_CONTENT"})
    void passesAnOddRequestOnInSoundWordsOrNotAtAll(Operation asked) {
        ClientDialect client = Objects.requireNonNull(DIALECTS.client(asked));
        List<Recording> asking = RecordedChats.all().stream()
                .filter(recording -> RecordedChats.format(recording) == asked && recording.request().path("body").isObject())
                .toList();
        int passed = 0;
        for (Recording recording : asking) {
            byte[] body = recording.request().path("body").toString().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < ROUNDS && body.length < LARGEST; i++) {
                byte[] damaged = odd.in(body);
                for (Operation to : Operation.values()) {
                    UpstreamDialect upstream = DIALECTS.upstream(to);
                    passed += upstream != null && to != asked && passes(client, damaged, upstream, to) ? 1 : 0;
                }
            }
        }
        assertThat(passed).isGreaterThan(100);
    }

    private static boolean passes(ClientDialect client, byte[] body, UpstreamDialect upstream, Operation to) {
        try {
            TranslatedCall call = new ChatTranslation(client, upstream, to)
                    .begin(
                            new Asked(
                                    new RawJson(body, 0, body.length),
                                    new PathCall("m", true),
                                    new ClientCall("0123456789abcdef", "m", true, true, 1_700_000_000L),
                                    Map.of(),
                                    Map.of()),
                            new UpstreamCall("m", "p", Set.of(), 4096, _ -> {}));
            sound(call.body().toString());
            return true;
        } catch (Refused | MediaNeeded _) {
            return false;
        } catch (RuntimeException | AssertionError e) {
            return fail("to " + to + ": " + new String(body, StandardCharsets.UTF_8), e);
        }
    }
}
