package io.deltallm.codec.dialect.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Requests that real clients sent, read into the hub and written again for the same host: nothing is lost but what the
/// host's clients may write in two ways.
class RecordedChatRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private static final String PICTURE_IN_RESULT = "ollama-openai-chat-2be5c42f1c";

    static Stream<Recording> sent() {
        return RecordedChats.all()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> recording.request().path("body").isObject())
                // A picture in a tool's result goes into a message of its own: tested by itself.
                .filter(recording -> !recording.id().equals(PICTURE_IN_RESULT));
    }

    @ParameterizedTest
    @MethodSource("sent")
    void bringsEveryRequestBackAsItWas(Recording recording) throws JsonProcessingException {
        ObjectNode body = (ObjectNode) recording.request().path("body").deepCopy();
        body.put("model", body.path("model").asText("m"));
        List<String> lost = new ArrayList<>();
        UpstreamCall call = RecordedChats.host(recording, body.path("model").asText(), lost::add);

        JsonOutput out = new JsonOutput();
        new ChatCompletions().writeRequest(read(body.toString()), call, out);

        assertThat(sorted(UsualChat.of((ObjectNode) JSON.readTree(out.toString())))).isEqualTo(sorted(UsualChat.of(body)));
        assertThat(lost).isEmpty();
    }

    private static String sorted(ObjectNode body) throws JsonProcessingException {
        return SORTED.writeValueAsString(JSON.treeToValue(body, Map.class));
    }

    private static ChatRequest read(String body) {
        JsonCursor cursor = new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8));
        return new ChatCompletions().readRequest(cursor, PathCall.NONE);
    }
}
