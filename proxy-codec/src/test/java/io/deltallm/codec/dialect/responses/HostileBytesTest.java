package io.deltallm.codec.dialect.responses;

import io.deltallm.codec.chat.ChatEvent;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.ErrorReader.Fields;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.error.ErrorCode;
import io.deltallm.codec.frame.Frame;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests and replies with values of the wrong kind, missing pieces and torn ends: told as what they are, never by a
/// crash, and never as a whole reply.
class HostileBytesTest {
    private static final int ROUNDS = 4_000;
    private static final List<String> ODD_VALUES =
            List.of("null", "7", "-1e99", "true", "\"\"", "\"x\"", "{}", "[]", "[null]", "[[]]", "{\"type\":null}", "{\"text\":{}}");
    private static final List<String> CASES = List.of("tools-and-thoughts", "search-with-sources", "cut-in-refusal");

    private final Random random = new Random(20_26);

    private static String file(String directory, String name) {
        String path = "/dialect/responses/" + directory + "/" + name;
        try (InputStream file = HostileBytesTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    /// Puts another value in the place of one of a text's values; the text stays sound JSON.
    private String withOddValue(String json) {
        int from = json.indexOf(':', random.nextInt(json.length())) + 1;
        if (from == 0 || from >= json.length()) {
            return json;
        }
        try {
            RawJson value = new JsonCursor().over(json.substring(from).getBytes(StandardCharsets.UTF_8)).raw();
            String odd = ODD_VALUES.get(random.nextInt(ODD_VALUES.size()));
            String rest = json.substring(from).replaceFirst(Pattern.quote(value.json()), "");
            return json.substring(0, from) + odd + rest;
        } catch (JsonProblem _) {
            // The colon stood within a string.
            return json;
        }
    }

    @Test
    void refusesRequestsOfWrongKinds() {
        int refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String body = withOddValue(file(CASES.get(i % CASES.size()), "client-request.json"));
            refused += refusal(body) == null ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(ROUNDS / 4);
    }

    private static @Nullable Refused refusal(String body) {
        try {
            Transcript.RESPONSES.readRequest(
                    new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8)), PathCall.NONE);
            return null;
        } catch (Refused refused) {
            assertThat(refused.error().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            return refused;
        } catch (JsonProblem _) {
            return null;
        }
    }

    @Test
    void tellsStreamsOfWrongKinds() {
        int told = 0;
        for (int i = 0; i < ROUNDS; i++) {
            told += readsToItsEnd(withOddValue(file(CASES.get(i % CASES.size()), "upstream-stream.sse"))) ? 0 : 1;
        }
        assertThat(told).isGreaterThan(ROUNDS / 20);
    }

    /// Writes what was read, too: what a reader lets through its writer must bear.
    private static boolean readsToItsEnd(String stream) {
        try {
            List<ChatEvent> events = Transcript.read(stream, true);
            if (events.getLast() instanceof ChatEvent.Failed) {
                return false;
            }
            LadderCheck.walk(Transcript.write(events, Transcript.call(true)));
            return true;
        } catch (JsonProblem | Refused _) {
            return false;
        }
    }

    @Test
    void neverTakesATornStreamForWhole() {
        for (String directory : CASES) {
            String whole = file(directory, "upstream-stream.sse").strip();
            for (int length = 0; length <= whole.lastIndexOf('}'); length++) {
                assertThat(readsToItsEnd(whole.substring(0, length))).as(directory + " up to byte " + length).isFalse();
            }
        }
    }

    @Test
    void readsAnyErrorBody() {
        String body = "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}}";
        for (int i = 0; i < ROUNDS; i++) {
            String odd = i % 2 == 0 ? withOddValue(body) : body.substring(0, random.nextInt(body.length()));

            assertThat(Transcript.RESPONSES.readError(400, Fields.NONE, Frame.of(odd)).message()).isNotBlank();
        }
    }
}
