package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.dialect.openai.RecordedChats;
import io.deltallm.codec.dialect.openai.UsualChat;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/// Each recorded chat of a host that speaks OpenAI's format, written in another format, read again as if a client had sent
/// it, and written for its host: it asks for the same. What changes on the way is listed, with its reason, in
/// `losses/there-and-back.txt`.
class RecordedChatsThereAndBackTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final List<Operation> WAYS =
            List.of(Operation.MESSAGES, Operation.GENERATE_CONTENT, Operation.RESPONSES);
    /// Takes forms of answers, efforts and sampling.
    private static final String CLAUDE = "claude-sonnet-4-6";
    private static final List<LossOnTheWay> LOSSES = LossOnTheWay.table();

    static Stream<Arguments> ways() {
        return RecordedChats.all()
                .filter(recording -> recording.status() == 200)
                .filter(recording -> recording.request().path("body").isObject())
                .flatMap(recording -> WAYS.stream().map(way -> Arguments.of(recording, way)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("ways")
    void asksForTheSameByWayOfAnotherFormat(Recording recording, Operation way) {
        assertThat(differences(recording, way))
                .as("%s by %s", recording, way)
                .allMatch(difference -> LOSSES.stream().anyMatch(loss -> loss.tells(way, recording.id(), difference)));
    }

    @Test
    void losesAllThatIsListed() {
        Set<LossOnTheWay> unseen = new HashSet<>(LOSSES);

        ways().forEach(arguments -> {
            Recording recording = (Recording) arguments.get()[0];
            Operation way = (Operation) arguments.get()[1];
            differences(recording, way)
                    .forEach(difference -> unseen.removeIf(loss -> loss.tells(way, recording.id(), difference)));
        });

        assertThat(ways()).hasSizeGreaterThan(300);
        assertThat(unseen).isEmpty();
    }

    private static List<String> differences(Recording recording, Operation way) {
        ObjectNode body = recording.request().path("body").deepCopy();
        String model = body.path("model").asText("m");
        body.put("model", model);
        String named = way == Operation.MESSAGES ? CLAUDE : model;
        ChatRequest asked = read(Operation.CHAT_COMPLETIONS, body.toString(), PathCall.NONE);
        String there = written(way, asked, new UpstreamCall(named, "", Set.of(), 4096, _ -> {}));
        String back = written(
                Operation.CHAT_COMPLETIONS,
                read(way, there, new PathCall(model, asked.stream())),
                RecordedChats.host(recording, model, _ -> {}));
        return Differences.between(UsualChat.of(body), UsualChat.of((ObjectNode) OpenAiShapes.parsed(back)));
    }

    private static ChatRequest read(Operation format, String body, PathCall path) {
        return Objects.requireNonNull(DIALECTS.client(format))
                .readRequest(new JsonCursor().over(body.getBytes(StandardCharsets.UTF_8)), path);
    }

    private static String written(Operation format, ChatRequest request, UpstreamCall call) {
        JsonOutput out = new JsonOutput();
        Objects.requireNonNull(DIALECTS.upstream(format)).writeRequest(request, call, out);
        return out.toString();
    }
}
