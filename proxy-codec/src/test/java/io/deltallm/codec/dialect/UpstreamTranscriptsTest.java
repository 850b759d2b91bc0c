package io.deltallm.codec.dialect;

import io.deltallm.codec.chat.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Whole replies beside the events that they mean: `dialect/<label>/<case>/reply.txt` and `events.txt`.
class UpstreamTranscriptsTest {

    @ParameterizedTest
    @CsvSource({
        "COHERE_CHAT, stream-with-tools, true",
        "COHERE_CHAT_V1, stream-with-sources, true",
        "OLLAMA_CHAT, stream-with-thoughts, true",
        "TGI_GENERATE, stream, true",
        "WATSONX_CHAT, stream-with-tools, true",
        "REPLICATE_PREDICTION, stream, true",
    })
    void tellsWhatTheReplyMeans(Operation operation, String name, boolean streamed) {
        String directory = "/dialect/" + operation.label() + "/" + name + "/";
        UpstreamDialect dialect = Objects.requireNonNull(new Dialects().upstream(operation));

        HeardEvents heard = HeardEvents.of(dialect, streamed, read(directory + "reply.txt"));

        assertThat(heard.lines()).isEqualTo(read(directory + "events.txt").lines().toList());
    }

    private static String read(String resource) {
        try (InputStream in = UpstreamTranscriptsTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
