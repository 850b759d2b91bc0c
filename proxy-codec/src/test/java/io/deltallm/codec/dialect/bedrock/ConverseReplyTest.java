package io.deltallm.codec.dialect.bedrock;

import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.frame.AwsMessages;
import io.deltallm.codec.json.JsonProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConverseReplyTest {
    private static final Converse CONVERSE = new Converse();

    @ParameterizedTest
    @ValueSource(strings = {"tools", "thinking", "answer-tool"})
    void readsPlainReplies(String example) {
        assertThat(Replies.plain(CONVERSE, file(example, "reply.json")).lines())
                .isEqualTo(file(example, "reply.events").lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "thinking", "answer-tool"})
    void readsStreamsCutAnywhere(String example) {
        byte[] stream = stream(file(example, "stream.txt"));
        List<String> events = file(example, "stream.events").lines().toList();

        for (int split = 0; split <= stream.length; split++) {
            assertThat(Replies.stream(CONVERSE, stream, split).lines()).as("split at %d", split).isEqualTo(events);
        }
        assertThat(Replies.byteByByte(CONVERSE, stream).lines()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools", "thinking", "answer-tool"})
    void neverTakesAStreamCutShortForAWholeOne(String example) {
        String whole = file(example, "stream.txt");
        byte[] cutShort = stream(whole.substring(0, whole.indexOf("messageStop")));

        assertThat(Replies.stream(CONVERSE, cutShort, 0).lines().getLast())
                .startsWith("Failed UPSTREAM_CLOSED The provider's reply ended before");
    }

    @Test
    void endsAStreamWithoutUsage() {
        byte[] stream = stream("messageStart {}\nmessageStop {\"stopReason\":\"max_tokens\"}");

        assertThat(Replies.stream(CONVERSE, stream, 0).lines()).containsExactly("Started null null", "Stopped LENGTH null");
    }

    @Test
    void tellsExceptionsWithinAStream() {
        byte[] stream = AwsMessages.concat(
                AwsMessages.event("messageStart", "{\"role\":\"assistant\"}"),
                AwsMessages.exception("throttlingException", "{\"message\":\"Too many tokens\"}"));

        assertThat(Replies.stream(CONVERSE, stream, 7).lines())
                .containsExactly("Started null null", "Failed PROVIDER_RATE_LIMITED Too many tokens");
    }

    @Test
    void tellsErrorsWithinAStream() {
        byte[] stream = AwsMessages.error("InternalFailure", "it broke");

        assertThat(Replies.stream(CONVERSE, stream, 7).lines()).containsExactly("Failed PROVIDER_FAILED it broke");
    }

    @Test
    void readsArgumentsThatComeAsText() {
        String reply = "{\"output\":{\"message\":{\"content\":[{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\","
                + "\"input\":\"{\\\"a\\\":1}\"}}]}},\"stopReason\":\"tool_use\"}";

        assertThat(Replies.plain(CONVERSE, reply).lines())
                .contains("ToolStarted 0 \"t\" \"f\" null", "ToolDelta 0 \"{\\\"a\\\":1}\"");
    }

    @Test
    void tellsSourcesBehindTheTextThatRestsOnThem() {
        String source = "{\"location\":{\"web\":{\"url\":\"https://x.org\"}},\"title\":\"X\"}";
        String reply = "{\"output\":{\"message\":{\"content\":[{\"citationsContent\":{\"citations\":[" + source
                + "],\"content\":[{\"text\":\"a\"}]}},{\"text\":\"b\"}]}},\"stopReason\":\"end_turn\"}";
        byte[] stream = stream("messageStart {}\n"
                + "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"citation\":" + source + "}}\n"
                + "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"a\"}}\n"
                + "contentBlockStop {\"contentBlockIndex\":0}\n"
                + "contentBlockDelta {\"contentBlockIndex\":1,\"delta\":{\"text\":\"b\"}}\n"
                + "messageStop {\"stopReason\":\"end_turn\"}");
        String cited = "Cited {\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":0,"
                + "\"url\":\"https://x.org\",\"title\":\"X\"}}";

        assertThat(Replies.plain(CONVERSE, reply).lines())
                .containsSubsequence("TextDelta \"a\"", cited, "TextDelta \"b\"");
        assertThat(Replies.stream(CONVERSE, stream, 9).lines())
                .containsSubsequence("TextDelta \"a\"", cited, "TextDelta \"b\"");
    }

    @Test
    void refusesWhatIsNoReply() {
        assertThatThrownBy(() -> Replies.plain(CONVERSE, "{\"Output\":{\"__type\":\"UnknownOperationException\"}}"))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Replies.plain(CONVERSE, "<html>")).isInstanceOf(JsonProblem.class);
        assertThatThrownBy(() -> Replies.plain(CONVERSE, "{\"output\":{\"message\":{\"content\":\"text\"}}}"))
                .isInstanceOf(JsonProblem.class);
        byte[] stream = stream("contentBlockStart {\"contentBlockIndex\":99999999,\"start\":{\"toolUse\":{}}}");
        assertThatThrownBy(() -> Replies.stream(CONVERSE, stream, 0))
                .isInstanceOf(JsonProblem.class)
                .hasMessageContaining("99999999");
    }

    @Test
    void readsRecordedReplies() {
        List<Recording> replies = recordings("bedrock.converse");

        assertThat(replies).isNotEmpty();
        for (Recording recording : replies) {
            TellingSink told = Replies.plain(CONVERSE, recording.body());

            assertThat(told.lines().getLast()).as(recording.id()).startsWith("Stopped ");
            assertThat(told.lines()).as(recording.id()).anyMatch(line -> line.matches("(TextDelta|ToolStarted) .*"));
            assertThat(told.lines().stream().anyMatch(line -> line.startsWith("Used ")))
                    .as(recording.id())
                    .isEqualTo(recording.body().contains("\"usage\":"));
        }
    }

    @Test
    void readsRecordedStreams() {
        List<Recording> streams = recordings("bedrock.converse-stream");

        assertThat(streams).isNotEmpty();
        for (Recording recording : streams) {
            byte[] body =
                    Base64.getDecoder().decode(recording.response().path("body_base64").asText());
            TellingSink told = Replies.stream(CONVERSE, body, body.length / 2);

            assertThat(told.lines().getFirst()).as(recording.id()).isEqualTo("Started null null");
            assertThat(told.lines()).as(recording.id()).anyMatch(line -> line.startsWith("Used "));
            assertThat(told.lines()).as(recording.id()).anyMatch(line -> line.startsWith("Stopped "));
            assertThat(Replies.byteByByte(CONVERSE, body).lines()).isEqualTo(told.lines());
        }
    }

    private static List<Recording> recordings(String api) {
        return Recordings.of(List.of("bedrock")).stream()
                .filter(recording -> recording.api().equals(api) && recording.status() == 200)
                .toList();
    }

    /// A line an event: its type and its JSON.
    static byte[] stream(String lines) {
        return AwsMessages.concat(lines.lines()
                .map(line -> AwsMessages.event(
                        line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)))
                .toArray(byte[][]::new));
    }

    private static String file(String example, String name) {
        String path = "/dialect/bedrock/converse/" + example + "/" + name;
        try (InputStream in = Objects.requireNonNull(ConverseReplyTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
