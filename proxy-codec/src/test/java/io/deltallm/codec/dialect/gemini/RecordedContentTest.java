package io.deltallm.codec.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltallm.codec.Recordings;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.ChatSink;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Real exchanges with the Gemini API and Vertex AI.
class RecordedContentTest {

    static List<Recording> answered() {
        return recorded().filter(recording -> recording.status() < 400).toList();
    }

    static List<Recording> streamed() {
        return answered().stream().filter(RecordedContentTest::isStream).toList();
    }

    static List<Recording> plain() {
        return answered().stream().filter(recording -> !isStream(recording)).toList();
    }

    static List<Recording> all() {
        return recorded().toList();
    }

    private static Stream<Recording> recorded() {
        return Recordings.of(List.of("gemini", "vertex")).stream()
                .filter(recording -> recording.api().endsWith("enerateContent"));
    }

    private static boolean isStream(Recording recording) {
        return recording.body().startsWith("data:");
    }

    @ParameterizedTest
    @MethodSource("answered")
    void readsWhatTheReplySays(Recording recording) {
        AnswerWalk expected = AnswerWalk.of(bodies(recording));
        HeardAnswer heard = new HeardAnswer();

        read(recording, heard);

        assertThat(heard.text).isEqualTo(expected.text);
        assertThat(heard.thoughts).isEqualTo(expected.thoughts);
        assertThat(heard.calls).isEqualTo(expected.calls);
        assertThat(heard.signatures).isEqualTo(expected.signatures);
        assertThat(heard.pictures).isEqualTo(expected.pictures);
        assertThat(heard.finish).isEqualTo(expected.finish);
        assertThat(heard.usage).isEqualTo(expected.usage);
        assertThat(heard.model).isEqualTo(expected.model);
        assertThat(heard.id).isEqualTo(expected.id);
        assertThat(heard.failed).isNull();
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void readsAStreamThatComesByteByByteLikeOneThatComesAtOnce(Recording recording) {
        List<String> atOnce = Gemini.stream(recording.body(), Integer.MAX_VALUE / 2);

        assertThat(Gemini.stream(recording.body(), 1)).isEqualTo(atOnce).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void neverTakesACutStreamForAWholeOne(Recording recording) {
        String body = recording.body();
        int lastEvent = body.stripTrailing().lastIndexOf("data:");

        List<String> events = Gemini.stream(body.substring(0, lastEvent), 64);

        assertThat(events.getLast()).startsWith("Failed");
    }

    @ParameterizedTest
    @MethodSource("plain")
    void writesTheReplyItRead(Recording recording) {
        JsonNode written = Gemini.json(replayed(recording));

        assertThat(RepliesCompared.plain(written)).isEqualTo(RepliesCompared.plain(Gemini.json(recording.body())));
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void writesAStreamThatSaysWhatItRead(Recording recording) {
        List<JsonNode> written = Gemini.chunks(replayed(recording));

        AnswerWalk walk = AnswerWalk.of(written);
        AnswerWalk expected = AnswerWalk.of(bodies(recording));
        assertThat(walk).usingRecursiveComparison().isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("all")
    void writesTheRequestItRead(Recording recording) {
        boolean vertex = recording.provider().equals("vertex");
        String path = recording.request().path("path").asText();
        String model = path.substring(path.lastIndexOf("models/") + "models/".length(), path.lastIndexOf(':'));
        String body = recording.request().path("body").toString();
        List<String> losses = new ArrayList<>();

        ChatRequest request = Gemini.request(body, model, false);
        GenerateContent dialect = vertex ? GenerateContent.vertex() : Gemini.DIALECT;
        JsonNode written = Gemini.written(dialect, request, model, losses);

        assertThat(RequestsCompared.form(written, vertex))
                .isEqualTo(RequestsCompared.form(Gemini.json(body), vertex));
        assertThat(losses).isEmpty();
    }

    private static List<JsonNode> bodies(Recording recording) {
        return isStream(recording) ? Gemini.chunks(recording.body()) : List.of(Gemini.json(recording.body()));
    }

    private static void read(Recording recording, ChatSink sink) {
        if (isStream(recording)) {
            Gemini.readStream(recording.body(), 100, sink);
        } else {
            Gemini.readPlain(recording.body(), sink);
        }
    }

    private static String replayed(Recording recording) {
        ReplyWriter writer = Gemini.DIALECT.replyWriter(Gemini.call(isStream(recording)));
        JsonOutput out = new JsonOutput();
        Consumer<ChatEvent> write = event -> writer.write(event, out);
        read(recording, write::accept);
        writer.end(out);
        return out.toString();
    }
}
