package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Whole exchanges: what a client asks, what the provider is asked, what it answers and what the client is told, the
/// provider's bytes cut in pieces of every length.
class GoldenTranscriptsTest {

    private static String file(String directory, String name) {
        String path = "/dialect/responses/" + directory + "/" + name;
        try (InputStream file = GoldenTranscriptsTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tools-and-thoughts", "search-with-sources", "cut-in-refusal"})
    void goesThroughTheHubAsRecorded(String directory) {
        List<String> losses = new ArrayList<>();
        byte[] asked = file(directory, "client-request.json").getBytes(StandardCharsets.UTF_8);
        ChatRequest request = Transcript.RESPONSES.readRequest(new JsonCursor().over(asked), PathCall.NONE);
        JsonOutput body = new JsonOutput();
        Transcript.RESPONSES.writeRequest(request, Transcript.target("openai", losses), body);

        assertThat(losses).isEmpty();
        assertThat(Transcript.json(body.toString())).isEqualTo(Transcript.json(file(directory, "upstream-request.json")));

        String answer = file(directory, "upstream-stream.sse");
        String told = file(directory, "client-stream.sse");
        for (int piece = 1; piece <= 200; piece++) {
            List<ChatEvent> events = Transcript.read(answer, true, piece);
            assertThat(Transcript.write(events, Transcript.call(true), request)).as("in pieces of " + piece).isEqualTo(told);
        }
        LadderCheck.walk(told);
    }
}
