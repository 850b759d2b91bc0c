package io.deltallm.codec.dialect.anthropic;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientCall;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Golden transcripts: what a provider sends, what it means, and what a client of the same format gets.
class MessagesTranscriptTest {

    @ParameterizedTest
    @ValueSource(strings = {"thoughts-and-tools", "sources-and-server-tools", "cut-by-an-error"})
    void tellsAndWritesEveryStreamAsRecorded(String name) {
        String upstream = file(name, "upstream.sse");
        for (int piece : new int[] {1, 7, upstream.length() * 2}) {
            Told told = Told.stream(
                    upstream, piece, new MessagesStreamWriter(new ClientCall("x1", "alias", true, true, 0)));

            assertThat(String.join("\n", told.events) + "\n").isEqualTo(file(name, "events.txt"));
            assertThat(told.written.toString()).isEqualTo(file(name, "client.sse"));
        }
    }

    @Test
    void carriesAClaudeCodeRequestToVertexWithoutLoss() {
        JsonCursor body = new JsonCursor()
                .over(file("claude-code-request", "client.json").getBytes(StandardCharsets.UTF_8));
        ChatRequest request = new Messages().readRequest(body, PathCall.NONE);
        JsonOutput out = new JsonOutput();
        List<String> lost = new ArrayList<>();

        Messages.vertex()
                .writeRequest(request, new UpstreamCall("claude-sonnet-4-6", "vertex", Set.of(), 4096, lost::add), out);

        assertThat(lost).isEmpty();
        assertThat(Transcript.json(out.toString()))
                .isEqualTo(Transcript.json(file("claude-code-request", "vertex.json")));
    }

    private static String file(String name, String file) {
        String path = "/dialect/messages/" + name + "/" + file;
        try (InputStream in = MessagesTranscriptTest.class.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
