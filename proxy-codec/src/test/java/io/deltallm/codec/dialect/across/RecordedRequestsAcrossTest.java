package io.deltallm.codec.dialect.across;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltallm.codec.Recordings.Recording;
import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Operation;
import io.deltallm.codec.dialect.ClientDialect.PathCall;
import io.deltallm.codec.dialect.Dialects;
import io.deltallm.codec.dialect.RecordedChats;
import io.deltallm.codec.dialect.Refused;
import io.deltallm.codec.dialect.UpstreamCall;
import io.deltallm.codec.json.JsonCursor;
import io.deltallm.codec.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Each recorded chat that was sent to a provider with a format of its own: the call of OpenAI's shape that asks for the
/// same, read and written by the gateway, is the recorded request again. What is not is listed, with its reason, in
/// `losses/recordings-across.txt`; what may be said in two ways in [Equivalent].
class RecordedRequestsAcrossTest {
    private static final Dialects DIALECTS = new Dialects();
    private static final Set<Operation> OPENAIS = Set.of(Operation.CHAT_COMPLETIONS, Operation.RESPONSES);
    /// Asked by another operation than chats are.
    private static final Set<String> NO_CHATS = Set.of("watsonx.generation");
    private static final KnownLosses LOSSES = KnownLosses.table();

    static List<Recording> sent() {
        return RecordedChats.all().stream()
                .filter(recording -> !OPENAIS.contains(format(recording)) && !NO_CHATS.contains(recording.api()))
                .filter(recording -> recording.request().path("body").isObject())
                .toList();
    }

    static Stream<Recording> carried() {
        return sent().stream().filter(recording -> !LOSSES.refused().containsKey(recording.id()));
    }

    static Stream<Recording> refused() {
        return sent().stream().filter(recording -> LOSSES.refused().containsKey(recording.id()));
    }

    static List<Equivalent> equivalents() {
        return Equivalent.ALL;
    }

    private static Operation format(Recording recording) {
        return Objects.requireNonNull(RecordedChats.format(recording));
    }

    @ParameterizedTest
    @MethodSource("carried")
    void asksAProviderForWhatWasRecorded(Recording recording) {
        ObjectNode asked = OpenAiAsked.of(recording);

        OpenAiSpecification.check(asked);
        assertThat(read(asked).stream()).isEqualTo(recording.stream());
        assertThat(new RequestForm(recording, Equivalent.ALL).differences(written(recording, asked)))
                .as("%s, which says %s", recording, asked)
                .containsExactlyInAnyOrderElementsOf(LOSSES.of(recording.id()));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatNoCallCanAskFor(Recording recording) {
        assertThatThrownBy(() -> written(recording, OpenAiAsked.of(recording)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(LOSSES.refused().get(recording.id()));
    }

    @Test
    void listsLossesOfNothingElse() {
        Set<String> ids = sent().stream().map(Recording::id).collect(Collectors.toSet());
        Collection<String> listed = new HashSet<>(LOSSES.differences().keySet());
        listed.addAll(LOSSES.refused().keySet());

        assertThat(ids).containsAll(listed).hasSizeGreaterThan(110);
    }

    @ParameterizedTest
    @MethodSource("equivalents")
    void needsEveryEquivalent(Equivalent equivalent) {
        List<Equivalent> others =
                Equivalent.ALL.stream().filter(other -> other != equivalent).toList();

        assertThat(carried()).anySatisfy(recording ->
                assertThat(new RequestForm(recording, others).differences(written(recording, OpenAiAsked.of(recording))))
                        .isNotEqualTo(LOSSES.of(recording.id())));
    }

    private static ChatRequest read(ObjectNode asked) {
        byte[] body = asked.toString().getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(DIALECTS.client(Operation.CHAT_COMPLETIONS))
                .readRequest(new JsonCursor().over(body), PathCall.NONE);
    }

    private static JsonNode written(Recording recording, ObjectNode asked) {
        boolean vertex = recording.provider().equals("vertex") && format(recording) == Operation.GENERATE_CONTENT;
        JsonOutput out = new JsonOutput();
        // What the provider is not told shows in what is written.
        UpstreamCall call = new UpstreamCall(asked.path("model").asText(), recording.provider(), Set.of(), 0, _ -> {});
        Objects.requireNonNull(DIALECTS.upstream(vertex ? Operation.VERTEX_GENERATE_CONTENT : format(recording)))
                .writeRequest(read(asked), call, out);
        return OpenAiShapes.parsed(out.toString());
    }
}
