package io.deltallm.codec.dialect.openai;

import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests and replies of the real world, damaged: each is read, or refused in words, and nothing else happens.
class DamagedChatsTest {
    private static final List<String> SCRAPS =
            List.of("null", "{}", "[]", "\"\"", "1", "-", "true", "\"x\"", "{", "]", "[{}]", "[null]", "{\"a\":[]}", "\\");
    private static final int ROUNDS = 30;

    private final Random random = new Random(20261127);
    private int read;
    private int refused;

    @Test
    void refusesDamagedRepliesInWords() {
        List<Recording> recordings = RecordedChats.answered().toList();

        for (Recording recording : recordings) {
            for (int i = 0; i < ROUNDS; i++) {
                String body = damaged(shortened(recording.body()));
                guarded(body, () -> Told.of(RecordedChats.streamed(recording), body));
            }
        }

        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    @Test
    void refusesDamagedRequestsInWords() {
        for (Recording recording : RecordedChats.all().toList()) {
            for (int i = 0; i < ROUNDS; i++) {
                String body = damaged(shortened(recording.request().path("body").toString()));
                guarded(body, () -> new ChatCompletions().readRequest(
                        new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8)), PathCall.NONE));
            }
        }

        assertThat(refused).isPositive();
    }

    private static String shortened(String body) {
        return body.length() < 8000 ? body : body.substring(0, 8000);
    }

    /// Puts a scrap in place of a value or a piece of one.
    private String damaged(String body) {
        if (body.length() < 10) {
            return body;
        }
        int at = random.nextInt(body.length() - 5);
        int colon = body.indexOf(':', at);
        int from = colon < 0 || random.nextInt(4) == 0 ? at : colon + 1;
        int comma = body.indexOf(',', from);
        int to = comma < 0 || random.nextInt(4) == 0 ? Math.min(body.length(), from + 1 + random.nextInt(4)) : comma;
        return body.substring(0, from) + SCRAPS.get(random.nextInt(SCRAPS.size())) + body.substring(to);
    }

    private void guarded(String body, Runnable reading) {
        try {
            reading.run();
            read++;
        } catch (JsonProblem | Refused problem) {
            assertThat(problem.getMessage()).isNotBlank();
            refused++;
        } catch (RuntimeException e) {
            throw new AssertionError("on " + body, e);
        }
    }
}
