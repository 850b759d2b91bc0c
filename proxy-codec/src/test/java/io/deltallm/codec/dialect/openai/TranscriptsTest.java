package io.deltallm.codec.dialect.openai;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltallm.codec.dialect.ClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What a host sent (`upstream.sse`), and to the byte what a client gets of it, streamed (`client.sse`) and plain
/// (`client.json`).
class TranscriptsTest {

    private static String resource(String name) {
        try (InputStream stream = TranscriptsTest.class.getResourceAsStream("/dialect/chat/completions/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thoughts-and-tools", "two-answers", "refusal"})
    void givesAStreamToTheClient(String transcript) throws IOException {
        ClientCall call = new ClientCall("made", "asked", true, true, 1_800_000_000L);

        String written = Told.written(true, resource(transcript + "/upstream.sse"), call);

        assertThat(written).isEqualTo(resource(transcript + "/client.sse"));
        OpenAiForm.expectStream(written, written.contains("\"usage\":{"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thoughts-and-tools", "two-answers", "refusal"})
    void givesThePlainAnswerToTheClient(String transcript) throws IOException {
        ClientCall call = new ClientCall("made", "asked", false, false, 1_800_000_000L);

        String written = Told.written(true, resource(transcript + "/upstream.sse"), call);

        assertThat(written + "\n").isEqualTo(resource(transcript + "/client.json"));
        OpenAiForm.expectCompletion(new ObjectMapper().readTree(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thoughts-and-tools", "two-answers", "refusal"})
    void readsItsOwnAnswersBack(String transcript) {
        String told = Told.of(true, resource(transcript + "/upstream.sse")).answers.toString();

        Told streamed = Told.of(true, resource(transcript + "/client.sse"));
        Told plain = Told.of(false, resource(transcript + "/client.json"));

        assertThat(streamed.answers.toString().replace("call_made_0", "")).isEqualTo(told);
        assertThat(plain.answers.toString().replace("call_made_0", "")).isEqualTo(told);
        assertThat(streamed.answer().proofs).isEqualTo(plain.answer().proofs);
    }
}
