package io.deltallm.codec.dialect.prompt;

import io.deltallm.codec.chat.ChatRequest;
import io.deltallm.codec.chat.Message;
import io.deltallm.codec.chat.Part;
import io.deltallm.codec.chat.RawJson;
import io.deltallm.codec.chat.Role;
import io.deltallm.codec.chat.Sampling;
import io.deltallm.codec.dialect.UpstreamCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TranscriptTest {
    private final List<String> lost = new ArrayList<>();

    private Transcript of(Message... messages) {
        ChatRequest request = new ChatRequest(
                "d", "m", List.of(messages), List.of(), null, null, Sampling.NONE, null, null, false, false, null, Map.of());
        return new Transcript(request, new UpstreamCall("m", "p", Set.of(), 0, lost::add));
    }

    @Test
    void leavesASingleUserMessageAsItIs() {
        assertThat(of(Message.text(Role.USER, "Hi")).whole()).isEqualTo("Hi");
        assertThat(of(Message.text(Role.SYSTEM, "S"), Message.text(Role.USER, "Hi")).withoutInstructions())
                .isEqualTo("Hi");
    }

    @Test
    void writesTurnsAsAPlayAndLeavesTheLastLineOpen() {
        Transcript transcript = of(
                Message.text(Role.SYSTEM, "One."),
                Message.text(Role.USER, "Hi"),
                Message.text(Role.DEVELOPER, "Two."),
                Message.text(Role.ASSISTANT, "Hello"));

        assertThat(transcript.instructions()).isEqualTo("One.\n\nTwo.");
        assertThat(transcript.withoutInstructions()).isEqualTo("User: Hi\n\nAssistant: Hello\n\nAssistant:");
        assertThat(transcript.whole())
                .isEqualTo("System: One.\n\nUser: Hi\n\nSystem: Two.\n\nAssistant: Hello\n\nAssistant:");
    }

    @Test
    void tellsWhatIsNoTextAsLost() {
        of(Message.of(Role.ASSISTANT, List.of(new Part.ToolCall("1", "f", RawJson.EMPTY_OBJECT, null, null)))).whole();

        assertThat(lost).containsExactly("messages[0].content");
    }
}
