package io.deltallm.codec.dialect.gemini;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ReplyWriter;
import io.deltallm.codec.json.JsonOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Whole exchanges: what a client asks, what Google is asked, what it answers and what the client is told, Google's bytes
/// cut in pieces of every length.
class GoldenTranscriptsTest {
    private static final int LONGEST_PIECE = 200;

    private static String file(String directory, String name) {
        String path = "/dialect/generateContent/" + directory + "/" + name;
        try (InputStream file = GoldenTranscriptsTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "signed-parallel-calls, gemini-3-pro-preview",
        "grounded-answer, gemini-2.5-flash",
        "schema-of-an-old-model, gemini-2.0-flash"
    })
    void goesThroughTheHubAsWrittenDown(String directory, String model) {
        List<String> losses = new ArrayList<>();
        ChatRequest request = Gemini.request(file(directory, "client-request.json"), model, true);

        assertThat(Gemini.written(request, model, losses))
                .isEqualTo(Gemini.json(file(directory, "upstream-request.json")));
        assertThat(losses).isEmpty();

        String answer = file(directory, "upstream-stream.sse");
        for (int piece = 1; piece <= LONGEST_PIECE; piece++) {
            assertThat(told(answer, piece)).as("in pieces of " + piece).isEqualTo(file(directory, "client-stream.sse"));
        }
    }

    private static String told(String answer, int piece) {
        ReplyWriter writer = Gemini.DIALECT.replyWriter(Gemini.call(true));
        JsonOutput out = new JsonOutput();
        Gemini.readStream(answer, piece, event -> writer.write(event, out));
        writer.end(out);
        return out.toString().replace("\r\n", "\n"); // files in the tree have no carriage returns
    }
}
